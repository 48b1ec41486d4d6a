// Shows the questions that fit what is chosen above them; without it all are shown.
"use strict";
(() => {
  const form = document.getElementById("filter");
  const questions = [...document.querySelectorAll("details.question")];
  const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = new Map();
  const textOf = question => {
    if (!texts.has(question)) texts.set(question, plain(question.textContent));
    return texts.get(question);
  };

  const show = () => {
    const words = plain(form.elements.words.value).split(/\s+/).filter(Boolean);
    const [kind, language, outcome] = ["kind", "language", "outcome"].map(name => form.elements[name].value);
    let shown = 0;
    for (const question of questions) {
      const fits = (!kind || question.dataset.kind === kind)
        && (!language || question.dataset.language === language)
        && (!outcome || question.dataset.outcome.split(" ").includes(outcome))
        && words.every(word => textOf(question).includes(word));
      question.hidden = !fits;
      shown += fits;
    }
    for (const section of document.querySelectorAll("section.questions")) {
      section.hidden = !section.querySelector("details.question:not([hidden])");
    }
    document.getElementById("shown").value = `${shown} of ${questions.length} shown`;
  };

  const fold = isOpen => {
    for (const question of questions) if (!question.hidden) question.open = isOpen;
  };

  // A link to a question, or to something within, shows and unfolds it.
  const visit = () => {
    let name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch { /* a stray percent sign stands for itself */ }
    const place = document.getElementById(name);
    const question = place?.closest("details.question");
    if (!question) return;
    if (question.hidden) { form.reset(); show(); }
    question.open = true;
    place.scrollIntoView();
  };

  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", event => event.preventDefault());
  form.elements.unfold.addEventListener("click", () => fold(true));
  form.elements.fold.addEventListener("click", () => fold(false));
  addEventListener("hashchange", visit);
  show();
  visit();
})();
