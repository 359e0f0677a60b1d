/**
 * Reads a time written in a format such as `DD.MM.YYYY` or `MM/DD/YY HH:mm` as ISO 8601 text; null when it does not fit.
 * `DD`, `MM` and `HH` also fit one digit. Whether the day exists is not checked here.
 */
export function readDate(text: string, format: string): string | null {
  const { pattern, parts } = compiled.get(format) ?? compile(format);
  const match = pattern.exec(text.trim());
  if (match === null) return null;
  const found = new Map(parts.map((part, index) => [part, match[index + 1] ?? '']));
  const part = (name: string) => (found.get(name) ?? '00').padStart(2, '0');
  const date = `${found.get('YYYY') ?? `20${part('YY')}`}-${part('MM')}-${part('DD')}`;
  return found.has('HH') ? `${date}T${part('HH')}:${part('mm')}:${part('ss')}` : date;
}

/** Whether a format names a whole day, and a time only from the hour on. */
export function isDateFormat(format: string): boolean {
  const { parts } = compile(format);
  const has = (part: string) => parts.includes(part);
  const isWholeDay = has('DD') && has('MM') && has('YYYY') !== has('YY');
  return (
    isWholeDay && new Set(parts).size === parts.length && has('HH') === has('mm') && (!has('ss') || has('HH'))
  );
}

const part = /YYYY|YY|MM|DD|HH|mm|ss/g;
const compiled = new Map<string, { pattern: RegExp; parts: string[] }>();

function compile(format: string): { pattern: RegExp; parts: string[] } {
  const parts = format.match(part) ?? [];
  const escaped = format.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const source = escaped.replace(part, (name) =>
    name === 'YYYY' ? '(\\d{4})' : oneOrTwo.has(name) ? '(\\d{1,2})' : '(\\d{2})',
  );
  const made = { pattern: new RegExp(`^${source}$`), parts };
  compiled.set(format, made);
  return made;
}

const oneOrTwo = new Set(['DD', 'MM', 'HH']);
