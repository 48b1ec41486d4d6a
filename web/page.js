/* What the page does by itself. Loaded before Gradio's own scripts; panels call `page.wire` when they are there. */

const page = {
  /* Send what is pressed in an element, and what its forms hold, to the panel that shows it. */
  wire(element, trigger) {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act]");
      if (!button || button.tagName === "FORM" || !element.contains(button)) return;
      event.preventDefault();
      trigger("click", { act: button.dataset.act, value: button.dataset.value ?? "" });
    });
    element.addEventListener("submit", (event) => {
      const form = event.target.closest("form[data-act]");
      if (!form) return;
      event.preventDefault();
      const fields = {};
      for (const [name, value] of new FormData(form, event.submitter)) {
        fields[name] = name in fields ? [].concat(fields[name], value) : value;
      }
      trigger("submit", { act: form.dataset.act, value: form.dataset.value ?? "", fields });
    });
  },

  /* Go on where a panel was drawn anew (`data-attend`), so that whoever uses the keyboard is not sent to the top: "now", or
     only if what they were at has gone ("lost"). */
  attend(when) {
    setTimeout(() => {
      const fresh = [...document.querySelectorAll(`[data-attend="${when}"]`)].filter((one) => one.checkVisibility());
      fresh.forEach((one) => one.removeAttribute("data-attend"));
      const lost = !document.activeElement || document.activeElement === document.body;
      if (fresh.length && (lost || when === "now")) fresh.at(-1).focus();
    }, 50);
  },
};
