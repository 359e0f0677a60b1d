import { html } from 'hono/html';
import type { LetterBlock } from './letter-kind.ts';

/** The colours of a mail that its blocks are drawn in. */
interface Colours {
  muted: string;
  line: string;
  accent: string;
  on_accent: string;
}

/** The blocks of a mail that the business wrote whole, as mail programs need them. */
export function blocksHtml(blocks: readonly LetterBlock[], colours: Colours) {
  return blocks.map((block) => blockHtml(block, colours));
}

function blockHtml(block: LetterBlock, colours: Colours) {
  switch (block.kind) {
    case 'text':
      return html`<p style="margin:0 0 16px;white-space:pre-line">${block.text}</p>`;
    case 'button':
      return buttonHtml(block, colours);
    case 'picture':
      return html`<p style="margin:0 0 16px">${linked(pictureHtml(block), block.link)}</p>`;
    case 'thing':
      return thingHtml(block, colours);
    case 'voucher':
      return html`<p style="margin:0 0 8px;font-weight:600">${block.title}</p>
${codeBox(block.code, colours.line)}
${mutedLines(block.lines, colours)}`;
  }
}

export function buttonHtml({ text, link }: { text: string; link: string }, { accent, on_accent }: Colours) {
  return html`<p style="margin:24px 0"><a class="button" href="${link}" style="display:inline-block;padding:12px 22px;border-radius:6px;background:${accent};color:${on_accent};font-weight:600;text-decoration:none">${text}</a></p>`;
}

export function codeBox(code: string, line: string) {
  return html`<p class="code" style="margin:0 0 16px;padding:14px;border:1px solid ${line};border-radius:6px;font:600 28px/1.2 ui-monospace,monospace;letter-spacing:3px;text-align:center">${code}</p>`;
}

/** Mail programs that show no pictures show what it says instead. */
function pictureHtml({ picture, alt }: { picture: string; alt: string }) {
  return html`<img src="${picture}" alt="${alt}" width="464" style="display:block;width:100%;max-width:464px;height:auto;border:0;border-radius:6px">`;
}

const linked = (shown: ReturnType<typeof html>, link: string | null) =>
  link === null ? shown : html`<a href="${link}">${shown}</a>`;

function thingHtml(thing: Extract<LetterBlock, { kind: 'thing' }>, colours: Colours) {
  const { title, lines, picture, button, link } = thing;
  const shown =
    picture === null
      ? ''
      : html`<p style="margin:0 0 12px"><a href="${link}">${pictureHtml({ picture, alt: '' })}</a></p>`;
  return html`<table role="presentation" class="code" width="100%" cellspacing="0" cellpadding="0" border="0" style="margin:0 0 16px;border:1px solid ${colours.line};border-radius:6px"><tr><td style="padding:16px">
${shown}
<p style="margin:0 0 4px;font-weight:600">${title}</p>
${mutedLines(lines, colours)}
<p style="margin:8px 0 0"><a class="accent" href="${link}" style="color:${colours.accent};font-weight:600">${button}</a></p>
</td></tr></table>`;
}

const mutedLines = (lines: readonly string[], { muted }: Colours) =>
  lines.map(
    (text) =>
      html`<p class="muted" style="margin:0 0 8px;font-size:14px;white-space:pre-line;color:${muted}">${text}</p>`,
  );

/** The same in words alone, a paragraph each. */
export function blocksText(blocks: readonly LetterBlock[]): string[] {
  return blocks.map(blockText);
}

function blockText(block: LetterBlock): string {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'button':
      return `${block.text}:\n${block.link}`;
    case 'picture':
      return [block.alt, block.link ?? ''].filter((part) => part !== '').join('\n');
    case 'thing':
      return [block.title, ...block.lines, `${block.button}:\n${block.link}`].join('\n');
    case 'voucher':
      return [block.title, block.code, ...block.lines].join('\n');
  }
}
