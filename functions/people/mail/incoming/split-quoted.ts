/** Lines below which a mail repeats those before it, as mail programs write them in English and Ukrainian. */
const beginnings: readonly RegExp[] = [
  /^On .{5,200} wrote:$/,
  /^.{5,200} (?:пише|писав|писала|написав|написала|пише\(-ть\)):$/,
  /^-{2,}\s*(?:Original Message|Forwarded message|Початкове повідомлення|Переслане повідомлення)\s*-{2,}$/i,
  /^_{20,}$/,
];

/**
 * The new words of a mail, and those of earlier ones below them. A mail that repeats before it answers keeps all of it as its
 * words, since the two cannot be told apart.
 */
export function splitQuoted(mail: string): { text: string; quoted: string | null } {
  const lines = mail.replaceAll('\r\n', '\n').split('\n');
  const at = lines.findIndex(
    (line, index) => isBeginning(line, lines[index + 1]) || isQuotedToTheEnd(lines, index),
  );
  const text = (at === -1 ? lines : lines.slice(0, at)).join('\n').trim();
  if (at <= 0 || text === '') return { text: lines.join('\n').trim(), quoted: null };
  return { text, quoted: lines.slice(at).join('\n').trim() || null };
}

/** Some programs break the line of who wrote when. */
function isBeginning(line: string, next = ''): boolean {
  const [trimmed, both] = [line.trim(), `${line.trim()} ${next.trim()}`];
  return (
    beginnings.some((begins) => begins.test(trimmed)) ||
    (/^(?:From|Від): /.test(trimmed) && trimmed.includes('@')) ||
    (/^On /.test(trimmed) && beginnings[0]?.test(both) === true)
  );
}

function isQuotedToTheEnd(lines: readonly string[], from: number): boolean {
  if (!lines[from]?.startsWith('>')) return false;
  return lines.slice(from).every((line) => line.startsWith('>') || line.trim() === '');
}

/** Elements whose words nobody sees. */
const unseen: readonly string[] = ['style', 'script', 'head', 'title'];
/** After whose end a line ends. */
const blocks: readonly string[] = ['p', 'div', 'tr', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

/** The words of a mail that has no plain part: its tags taken off, with a line for each of its blocks. */
export function wordsOfHtml(html: string): string {
  return withoutTags(html)
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#0?39;|&apos;/g, '’')
    .replace(/&amp;/g, '&')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function withoutTags(html: string): string {
  const small = html.toLowerCase();
  const lastEnds = new Map(unseen.map((name) => [name, small.lastIndexOf(`</${name}`)]));
  const words: string[] = [];
  let hidden: string | null = null;
  let from = 0;
  for (const { 0: tag, index } of html.matchAll(/<[^<>]*>/g)) {
    if (hidden === null) words.push(html.slice(from, index));
    from = index + tag.length;
    const [, slash = '', written = ''] = /^<(\/?)([a-z0-9]+)/i.exec(tag) ?? [];
    const name = written.toLowerCase();
    if (hidden !== null) hidden = slash !== '' && name === hidden ? null : hidden;
    else if (slash === '' && (lastEnds.get(name) ?? -1) > index) hidden = name;
    else if (name === 'br' || (slash !== '' && blocks.includes(name))) words.push('\n');
  }
  return words.join('') + html.slice(from);
}
