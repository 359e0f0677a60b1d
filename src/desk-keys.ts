/** Keys of the console: a search over everything, steps through a list, and the place in it that one comes back to. */
const TYPING_PAUSE_MS = 150;
const rowsOf = 'main table.dense tbody tr, main ul.rows > li';

class DeskKeys extends HTMLElement {
  readonly #palette = new Palette(this.dataset);

  connectedCallback(): void {
    document.addEventListener('keydown', this.#press);
    comeBack();
  }

  disconnectedCallback(): void {
    document.removeEventListener('keydown', this.#press);
  }

  readonly #press = (event: KeyboardEvent): void => {
    const key = letterOf(event);
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key === 'k') {
      event.preventDefault();
      this.#palette.open();
      return;
    }
    const isOurs = !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isOurs || isTyping(event.target) || document.querySelector('dialog[open]') !== null) return;
    const acts: Record<string, () => void> = {
      j: () => step(1),
      k: () => step(-1),
      ...(canSelect() && { x: () => boxIn(current())?.click() }),
      e: () => linkIn(current())?.click(),
      '?': () => void showKeys(this.dataset),
    };
    const act = acts[key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
}

/** The Latin letter of a key, wherever another alphabet is typed. */
function letterOf({ key, code }: KeyboardEvent): string {
  return /^[a-z?]$/i.test(key) ? key.toLowerCase() : (/^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? '');
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target.isContentEditable || /^(?:TEXTAREA|SELECT|VIDEO)$/.test(target.tagName);
}

const boxIn = (row: Element | null) => row?.querySelector<HTMLInputElement>('input[type="checkbox"]');
/** Whether the list of the page is one to select from. */
const canSelect = () => rows().some((row) => boxIn(row));
const linkIn = (row: Element | null | undefined) => row?.querySelector<HTMLAnchorElement>('a[href]');
const rows = () => [...document.querySelectorAll(rowsOf)].filter((row) => linkIn(row));
const current = () => rows().find((row) => row.contains(document.activeElement)) ?? null;

function step(by: number): void {
  const all = rows();
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by));
  linkIn(all[next])?.focus();
}

/** In a list that one comes back to, the row that was open is where one goes on. */
function comeBack(): void {
  const from = URL.canParse(document.referrer) ? new URL(document.referrer).pathname : '';
  linkIn(rows().find((row) => linkIn(row)?.pathname === from))?.focus();
}

/** What a part of another page of ours holds; null when it cannot be had. */
async function partOf(address: string, selector: string): Promise<DocumentFragment | null> {
  const answer = await fetch(address).catch(() => null);
  if (answer === null || !answer.ok || answer.redirected) return null;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const part = document.createDocumentFragment();
  const nodes = page.querySelector(selector)?.childNodes ?? [];
  part.append(...[...nodes].map((node) => document.importNode(node, true)));
  for (const node of part.querySelectorAll('[id]')) node.removeAttribute('id');
  return part;
}

function dialogOf({ title = '', close = '' }: DOMStringMap, ...parts: HTMLElement[]): HTMLDialogElement {
  const dialog = document.createElement('dialog');
  dialog.className = 'palette';
  dialog.setAttribute('aria-label', title);
  const form = document.createElement('form');
  form.method = 'dialog';
  const button = document.createElement('button');
  button.className = 'button plain';
  button.textContent = close;
  form.append(button);
  dialog.append(...parts, form);
  document.body.append(dialog);
  return dialog;
}

async function showKeys({ keys = '', change = '', close = '' }: DOMStringMap): Promise<void> {
  const part = await partOf(keys, '#keys');
  if (part === null) {
    location.assign(keys);
    return;
  }
  const body = document.createElement('div');
  const link = document.createElement('a');
  link.href = keys;
  link.textContent = change;
  body.append(part, link);
  if (!canSelect()) body.querySelector('[data-key="x"]')?.remove();
  const dialog = dialogOf({ title: change, close }, body);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
}

class Palette {
  readonly #words: DOMStringMap;
  readonly #input = document.createElement('input');
  readonly #results = document.createElement('div');
  #dialog: HTMLDialogElement | null = null;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #shown: string | null = null;
  #asked = 0;

  constructor(words: DOMStringMap) {
    this.#words = words;
  }

  open(): void {
    this.#dialog ??= this.#build();
    if (this.#dialog.open) {
      this.#dialog.close();
      return;
    }
    this.#dialog.showModal();
    this.#input.select();
    void this.#renew();
  }

  #build(): HTMLDialogElement {
    const label = document.createElement('label');
    label.textContent = this.#words.label ?? '';
    this.#input.type = 'search';
    this.#input.maxLength = 100;
    this.#input.autocomplete = 'off';
    label.append(this.#input);
    this.#input.addEventListener('input', () => {
      clearTimeout(this.#waiting);
      this.#waiting = setTimeout(() => void this.#renew(), TYPING_PAUSE_MS);
    });
    const dialog = dialogOf(this.#words, label, this.#results);
    dialog.addEventListener('keydown', (event) => this.#move(event));
    return dialog;
  }

  #move(event: KeyboardEvent): void {
    const links = [...this.#results.querySelectorAll<HTMLAnchorElement>('a[href]')];
    const at = links.findIndex((link) => link.matches(':focus'));
    if (event.key === 'Enter' && event.target === this.#input) {
      event.preventDefault();
      void this.#go();
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      links[Math.min(at + 1, links.length - 1)]?.focus();
    } else if (event.key === 'ArrowUp') {
      event.preventDefault();
      (at > 0 ? links[at - 1] : this.#input)?.focus();
    }
  }

  /** Opens what was found first. */
  async #go(): Promise<void> {
    await this.#renew();
    this.#results.querySelector<HTMLAnchorElement>('a[href]')?.click();
  }

  async #renew(): Promise<void> {
    clearTimeout(this.#waiting);
    const text = this.#input.value.trim();
    if (text === this.#shown) return;
    this.#asked += 1;
    const mine = this.#asked;
    const address = `${this.#words.search ?? ''}?search=${encodeURIComponent(text)}`;
    const part = await partOf(address, '#all-found');
    if (mine !== this.#asked) return;
    if (part === null) {
      location.assign(address);
      return;
    }
    this.#results.replaceChildren(part);
    this.#shown = text;
  }
}

customElements.define('desk-keys', DeskKeys);
