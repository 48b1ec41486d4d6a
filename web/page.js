/* What the page does by itself. Loaded before Gradio's own scripts; panels call `page.…` when they are there. */

const page = {
  wide: window.matchMedia("(min-width: 70rem)"),

  /* Send what is pressed in an element, and what its forms hold, to the panel that shows it. */
  wire(element, trigger) {
    let last = null;
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act]");
      if (!button || button.tagName === "FORM" || !element.contains(button)) return;
      event.preventDefault();
      // The second click of a double click, its first not answered yet: who double-clicks means it once.
      if (event.detail > 1 && button === last) return;
      last = button;
      page.pressed = true;
      if (button.dataset.act === "stop") {
        // The button goes; who pressed it may want to ask something else.
        document.querySelector("#question textarea")?.focus({ preventScroll: true });
        trigger("stop", {});
        return;
      }
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
      page.pressed = true;
      trigger("submit", { act: form.dataset.act, value: form.dataset.value ?? "", fields });
    });
  },

  /* The newest answer: scrolled to, unless who reads has scrolled meanwhile; told to who cannot see it; once it is whole,
     its first source opened where there is room, unless another is open. */
  answers(element, watch) {
    element.addEventListener("click", (event) => {
      if (event.target.closest("a.cite")) page.opened = event.target.closest(".turn")?.id;
    });
    watch("value", () => {
      const turn = element.querySelector(".turn");
      if (!turn) return;
      const said = turn.querySelector(".said");
      const isGrowing = turn.classList.contains("growing");
      if (!said) page.follows = true;
      if (page.follows) turn.scrollIntoView({ block: "nearest" });
      const fresh = said ? page.newIn(said, turn) : "";
      if (fresh || !said) page.tell(fresh);
      const first = turn.querySelector("a.cite");
      if (first && !isGrowing && page.wide.matches && turn.id !== page.opened) page.open(first, false);
      if (said && !isGrowing) page.opened = turn.id;
    });
  },

  /* What of an answer has not been told yet: of one that grows, the sentences since. */
  newIn(said, turn) {
    const lines = [...said.querySelectorAll(":scope > *, .line")].filter((one) => !one.querySelector(".line"));
    const told = lines.map((one) => one.textContent);
    const before = page.toldOf === turn.id ? page.toldLines : [];
    page.toldOf = turn.classList.contains("growing") ? turn.id : "";
    page.toldLines = told;
    return told.filter((one) => !before.includes(one)).join(" ");
  },

  /* A conversation that is kept stands in the address, so that reloading the page brings it back. */
  address(element, watch) {
    watch("value", () => {
      const id = element.querySelector("[data-conversation]")?.dataset.conversation;
      const address = new URL(location.href);
      address.searchParams.delete("question");
      if (id) address.searchParams.set("c", id);
      else address.searchParams.delete("c");
      history.replaceState(null, "", address);
    });
  },

  /* Say something to a screen reader. */
  tell(text) {
    const told = document.getElementById("told");
    if (told) told.textContent = text;
  },

  /* Show the document behind a link in the source pane, the quoted words in the middle. */
  async open(link, hasFocus = true) {
    const pane = document.getElementById("source");
    if (!pane) return;
    const address = new URL(link.href);
    address.searchParams.set("part", "1");
    const asked = (page.asked = Symbol());
    const reply = await fetch(address).catch(() => null);
    if (page.asked !== asked) return;
    const body = pane.querySelector(".source-body");
    if (reply) body.innerHTML = await reply.text();
    else body.textContent = pane.dataset.failed;
    document.body.classList.add("source-open");
    document.querySelectorAll("a.cite[aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    if (link.classList.contains("cite")) link.setAttribute("aria-current", "true");
    if (!pane.contains(link)) page.from = link;
    const mark = body.querySelector("mark");
    const text = body.querySelector(".document");
    if (mark && text) {
      const above = mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
      text.scrollTop += above - text.clientHeight / 3;
    }
    if (hasFocus) (mark ?? body.querySelector("h2"))?.focus({ preventScroll: true });
  },

  close() {
    document.body.classList.remove("source-open");
    page.from?.focus();
  },

  /* The quote beside its marker, for mouse and keyboard; Escape takes it away. */
  glance(link) {
    const tip = document.getElementById("glance");
    if (!tip) return;
    if (!link?.dataset.quote) {
      tip.hidden = true;
      page.glanced?.removeAttribute("aria-describedby");
      return;
    }
    tip.textContent = link.dataset.quote;
    tip.hidden = false;
    const { left, bottom, top } = link.getBoundingClientRect();
    const { width, height } = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
    tip.style.top = `${bottom + height + 12 > innerHeight ? Math.max(8, top - height - 4) : bottom + 4}px`;
    link.setAttribute("aria-describedby", "glance");
    page.glanced = link;
  },

  async copy(button) {
    const text = button.dataset.text ?? new URL(button.dataset.address, location.href).href;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // No clipboard without https: the old way.
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    page.tell(button.dataset.copied);
    const label = button.textContent;
    if (label === button.dataset.copied) return;
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = label), 2000);
  },
};

document.addEventListener("click", (event) => {
  const target = event.target.closest?.("a.cite, a.source-link, button.copy, [data-close], a[data-language]");
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (target.matches("button.copy")) page.copy(target);
  else if (target.matches("[data-close]")) page.close();
  else if (target.matches("a[data-language]")) {
    // The other language keeps what is open.
    event.preventDefault();
    const address = new URL(target.href);
    for (const [name, value] of new URL(location.href).searchParams) {
      if (name !== "language") address.searchParams.set(name, value);
    }
    location.href = address;
  } else if (document.getElementById("source")) {
    event.preventDefault();
    page.glance(null);
    page.open(target);
  }
});
document.addEventListener("mouseover", (event) => {
  const link = event.target.closest?.("a.cite");
  if (link) page.glance(link);
  else if (event.target.id !== "glance") page.glance(null);
});
document.addEventListener("focusin", (event) => page.glance(event.target.closest?.("a.cite")));
for (const name of ["wheel", "touchmove"]) {
  document.addEventListener(name, () => (page.follows = false), { passive: true });
}
document.addEventListener("keydown", (event) => {
  if (["PageUp", "PageDown", "Home", "End", "ArrowUp"].includes(event.key)) page.follows = false;
  if (event.key !== "Escape") return;
  if (document.getElementById("glance")?.hidden === false) page.glance(null);
  else if (document.body.classList.contains("source-open")) page.close();
});

/* The address says what is shown. What somebody pressed is a step that the browser's Back undoes: another tab is
   opened again, anything else loaded again. */
page.stand = (query, isStep) => {
  const conversation = new URLSearchParams(location.search).get("c");
  if (conversation) query.set("c", conversation);
  const address = `${location.pathname}${String(query) && `?${query}`}`;
  const isNew = isStep && address !== location.pathname + location.search;
  history[isNew ? "pushState" : "replaceState"](null, "", address);
};
page.tabs = ["ask", "projects", "precedents"];
page.tabButtons = () =>
  document.getElementById("question") ? [...document.querySelectorAll("#tabs > .tab-wrapper [role='tab']")] : [];
document.addEventListener("click", (event) => {
  // Only what a person presses: Gradio selects tabs by itself while a page loads.
  const name = event.isTrusted && page.tabs[page.tabButtons().indexOf(event.target.closest?.("[role='tab']"))];
  if (!name || (new URLSearchParams(location.search).get("tab") ?? "ask") === name) return;
  page.pressed = false;
  page.stand(new URLSearchParams(name === "ask" ? {} : { tab: name }), true);
});
window.addEventListener("popstate", () => {
  const query = new URLSearchParams(location.search);
  const button = page.tabButtons()[page.tabs.indexOf(query.get("tab") ?? "ask")];
  query.delete("c");
  if ([...query.keys()].some((one) => one !== "tab") || !button || button.ariaSelected === "true") location.reload();
  else button.click();
});

/* Projects. After each change of what a wired element shows, forms hold what they were given, the address is the one of
   what is shown, and the keyboard is where the eye is: at what `data-focus` marks once its value is another, or, where
   that says `data-return`, at what was pressed before. */
page.shown = (element) => {
  for (const form of element.querySelectorAll("form")) form.reset();
  const told = element.querySelector("[data-address]");
  if (told && element.offsetParent) {
    page.stand(new URLSearchParams(told.dataset.address), page.pressed);
    page.pressed = false;
  }
  const aim = element.querySelector("[data-focus]");
  const before = element.dataset.focused;
  element.dataset.focused = aim?.dataset.focus ?? "";
  if (!before || before === element.dataset.focused || !aim) return;
  if (!aim.dataset.return) {
    element.cameFrom ??= document.activeElement;
    aim.focus();
    return;
  }
  const back = element.cameFrom;
  element.cameFrom = null;
  (back?.isConnected && back !== document.body ? back : document.getElementById(aim.dataset.return))?.focus();
};
document.addEventListener("click", (event) => {
  // What was typed and not sent goes too.
  if (event.target.closest?.("#projects [data-act='clear']")) document.querySelector(".projects-form")?.reset();
});

/* Documents: what had the focus in an element has it again once the element is drawn anew, or the nearest that is left. */
page.keepFocus = (element, watch) => {
  let last = null;
  element.addEventListener("focusin", (event) => (last = event.target));
  watch("value", () => {
    if (!last || last.isConnected || document.activeElement !== document.body) return;
    const { act, value } = last.dataset;
    const buttons = [...element.querySelectorAll("[data-act]")];
    const same = last.id
      ? document.getElementById(last.id)
      : buttons.find((one) => one.dataset.act === act && one.dataset.value === value) ??
        buttons.find((one) => value && one.dataset.value === value);
    (same ?? element.querySelector("[tabindex]"))?.focus({ preventScroll: true });
  });
};

/* Evaluations, candidates, feedback. Go on where a panel was drawn anew (`data-attend`), so that whoever uses the keyboard is
   not sent to the top: "now", or only if what they were at has gone ("lost"). */
page.attend = (when, tries = 20) => {
  setTimeout(() => {
    const fresh = [...document.querySelectorAll(`[data-attend="${when}"]`)].filter((one) => one.checkVisibility());
    if (!fresh.length && tries) return page.attend(when, tries - 1); // not drawn yet, on a busy machine
    fresh.forEach((one) => one.removeAttribute("data-attend"));
    const lost = !document.activeElement || document.activeElement === document.body;
    if (fresh.length && (lost || when === "now")) fresh.at(-1).focus();
  }, 50);
};

/* Login: where a session is over, what an open page asks for is refused; loaded again, it leads to the login page. */
{
  const ask = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await ask(...asked);
    if (answer.status === 401 && answer.headers.get("WWW-Authenticate") === "Session") location.reload();
    return answer;
  };
}

/* A source as a page of its own: the quoted words are in sight, however much stands above them. */
document.addEventListener("DOMContentLoaded", () => {
  const mark = document.querySelector("body.own mark");
  mark?.scrollIntoView({ block: "center" });
  mark?.focus({ preventScroll: true });
});
