/**
 * The words of a page in a made-up language that are written with letters of A to Z, and that nobody wrote into the business: what
 * is left over of another language. What says of itself that it is in another one is left out.
 */
export function foreignWords(html: string, { code, written }: { code: string; written: string }): string[] {
  const own = html
    .replace(new RegExp(`<article\\b[^>]*\\blang="(?!${code})\\w+"[^>]*>[\\s\\S]*?</article>`, 'g'), '')
    .replace(new RegExp(`<(\\w+)\\b[^>]*\\blang="(?!${code})\\w+"[^>]*>[^<]*</\\1>`, 'g'), '')
    .replace(new RegExp(`<input\\b[^>]*\\blang="(?!${code})\\w+"[^>]*>`, 'g'), '');
  const runs = textOf(own).match(/(?<!\w)[A-Za-z]+(?:[ -][A-Za-z]+)*(?!\w)/g) ?? [];
  return [...new Set(runs)].filter((run) => !written.includes(run));
}

/** What a page says to its readers, a line for each piece: its texts, and the attributes that are read out or shown. */
function textOf(html: string): string {
  const body = html
    .replace(/<strong class="digits">[^<]*<\/strong>/g, '')
    .replace(/<(style|script|code|kbd)\b[\s\S]*?<\/\1>|<!--[\s\S]*?-->|https?:\/\/[^\s<"]+/g, '');
  const attributes = [
    ...body.matchAll(/\b(?:aria-label|title|alt|placeholder)="([^"]*)"/g),
    ...body.matchAll(/<meta name="description" content="([^"]*)"/g),
  ];
  return [...attributes.map(([, text = '']) => text), body.replace(/<(?:[^>"]|"[^"]*")*>/g, '\n')]
    .join('\n')
    .replaceAll('&amp;', '&')
    .replaceAll('&#38;', '&')
    .replaceAll('&#39;', '’')
    .replaceAll('&quot;', '"')
    .replaceAll('&#34;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
}
