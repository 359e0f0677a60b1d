/** An error as the summary of a refused form tells it: the id it links to, and its words. */
export interface ToldError {
  field: string;
  text: string;
}

/** The errors in the summary of a page; null where there is no summary. */
export function toldErrors(page: string): ToldError[] | null {
  const summary = /<div class="problem" role="alert"[^>]*>([\s\S]*?)<\/div>/.exec(page)?.[1];
  if (summary === undefined) return null;
  const links = [...summary.matchAll(/<a\b[^>]*\bhref="#([^"]*)"[^>]*>([\s\S]*?)<\/a>/g)];
  return links.map(([, field = '', text = '']) => ({ field: plain(field), text: text.trim() }));
}

/** What keeps a reader of the page from finding a field that is wrong, or from being told at the field what is wrong. */
export function flawsOf(page: string): string[] {
  const errors = toldErrors(page);
  if (errors === null) return ['no summary'];
  if (errors.length === 0) return ['an empty summary'];
  return errors.flatMap(({ field, text }) => {
    const [, tag, attributes = ''] = elementOf(page, field) ?? [];
    if (tag === undefined) return [`nothing has the id ${field}`];
    if (!/^(input|textarea|select)$/.test(tag)) return [];
    // One of several to choose from is not wrong by itself: their group is described.
    const isOneOf = /\btype="radio"/.test(attributes);
    const describing = isOneOf ? groupOf(page, field) : attributes;
    const isMarked = isOneOf || /\baria-invalid="true"/.test(attributes);
    const described = /\baria-describedby="([^"]*)"/.exec(describing)?.[1]?.split(' ') ?? [];
    const isTold = described.some((id) => text.includes(textOf(page, id)?.trim() || '–'));
    return [
      ...(isMarked ? [] : [`${field} is not marked as wrong`]),
      ...(isTold ? [] : [`${field} does not tell “${text}”`]),
    ];
  });
}

/** What a text field or area shows as typed. */
export function typedInto(page: string, field: string): string | null {
  const [, tag, attributes = '', rest = ''] = elementOf(page, field) ?? [];
  if (tag === 'textarea') return plain(rest.slice(0, rest.indexOf('</textarea>')));
  return tag === 'input' ? plain(/\bvalue="([^"]*)"/.exec(attributes)?.[1] ?? '') : null;
}

function elementOf(page: string, id: string): RegExpExecArray | null {
  const escaped = written(id).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`<(\\w+)\\b([^>]*\\bid="${escaped}"[^>]*)>([\\s\\S]*)`).exec(page);
}

/** The attributes of the group that a field is in. */
function groupOf(page: string, field: string): string {
  const before = page.slice(0, elementOf(page, field)?.index ?? 0);
  return /^[^>]*/.exec(before.slice(before.lastIndexOf('<fieldset') + '<fieldset'.length))?.[0] ?? '';
}

function textOf(page: string, id: string): string | undefined {
  const [, tag, , rest = ''] = elementOf(page, id) ?? [];
  return tag === undefined ? undefined : rest.slice(0, rest.indexOf(`</${tag}>`));
}

const written = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
const plain = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&#34;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
