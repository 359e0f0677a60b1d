import type { TypedFields } from '../functions/people/sign-in/form-draft.ts';

const attribute = `(?:[^"'<>]|"[^"]*"|'[^']*')*`;
const forms = new RegExp(`<form\\b${attribute}>[\\s\\S]*?</form>`, 'gi');
const controls = new RegExp(
  `<input\\b${attribute}>|<(textarea|select)\\b${attribute}>[\\s\\S]*?</\\1>`,
  'gi',
);
const options = new RegExp(`<option\\b${attribute}>`, 'gi');
/** What is never typed, or is not for us to keep. */
const untyped = new Set(['hidden', 'submit', 'button', 'image', 'reset', 'file', 'password']);

/**
 * A page of ours with what was typed in the form that fits best; null where no form of it has such fields. It is done to the
 * page that is written already, so that no page need know that it is.
 */
export function refill(html: string, typed: TypedFields): string | null {
  const values = Map.groupBy(typed, ([name]) => name);
  const found = [...html.matchAll(forms)]
    .filter(([form]) => /\bmethod="?post/i.test(form.slice(0, form.indexOf('>'))))
    .map((form) => ({ form, fits: fitOf(form[0], values) }))
    .reduce<{ form: RegExpMatchArray; fits: number } | null>(
      (best, one) => (one.fits > (best?.fits ?? 0) ? one : best),
      null,
    );
  if (found === null) return null;
  const { form } = found;
  const at = form.index ?? 0;
  const filled = form[0].replace(controls, (control) => fill(control, values));
  return html.slice(0, at) + filled + html.slice(at + form[0].length);
}

type Values = ReadonlyMap<string, readonly (readonly [string, string])[]>;

/** How many of the fields a form has. */
function fitOf(form: string, values: Values): number {
  const names = [...form.matchAll(controls)]
    .filter(([control]) => isTyped(control))
    .map(([one]) => nameOf(one));
  return new Set(names.filter((name) => values.has(name))).size;
}

function fill(control: string, values: Values): string {
  if (!isTyped(control)) return control;
  const own = (values.get(nameOf(control)) ?? []).map(([, value]) => value);
  if (control.startsWith('<select'))
    return control.replace(options, (option) => choose(option, 'selected', own));
  const [first] = own;
  if (control.startsWith('<textarea'))
    return first === undefined
      ? control
      : `${control.slice(0, headEnd(control))}\n${escaped(first)}</textarea>`;
  if (/\btype="?(?:checkbox|radio)/i.test(control)) return choose(control, 'checked', own);
  if (first === undefined) return control;
  const bare = control.replace(/\svalue(?:="[^"]*")?(?=[\s/>])/i, '');
  return withMark(bare, `value="${escaped(first)}"`);
}

/** An option, tick or one of several, marked just where it was. */
function choose(tag: string, mark: 'checked' | 'selected', own: readonly string[]): string {
  const bare = tag.replace(new RegExp(`\\s${mark}(?:="[^"]*")?(?=[\\s/>])`, 'i'), '');
  const value = attributeOf(tag, 'value') ?? 'on';
  return own.includes(value) ? withMark(bare, mark) : bare;
}

/** A tag with one more attribute at its end. */
const withMark = (tag: string, mark: string) =>
  `${tag.slice(0, tag.endsWith('/>') ? -2 : -1).trimEnd()} ${mark}>`;

function isTyped(control: string): boolean {
  return !control.startsWith('<input') || !untyped.has(attributeOf(control, 'type')?.toLowerCase() ?? 'text');
}

const nameOf = (control: string) => attributeOf(control, 'name') ?? '';

function attributeOf(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(tag.slice(0, headEnd(tag)))?.[1];
  return found === undefined ? null : plainOf(found);
}

/** Where the first tag of a control ends. */
const headEnd = (control: string) => new RegExp(`^<\\w+\\b${attribute}>`).exec(control)?.[0].length ?? 0;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const plainOf = (text: string) =>
  text
    .replace(/&(?:quot|#34|#x22);/g, '"')
    .replace(/&(?:#39|apos);/g, "'")
    .replace(/&(?:lt|#60);/g, '<')
    .replace(/&(?:gt|#62);/g, '>')
    .replace(/&(?:amp|#38);/g, '&');
