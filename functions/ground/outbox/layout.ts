import { html, raw } from 'hono/html';
import type { Identity } from '../identity/identity.ts';
import { paletteOf } from '../identity/palette.ts';
import { blocksHtml, blocksText, buttonHtml, codeBox } from './layout-blocks.ts';
import type { Letter } from './letter-kind.ts';

export interface Rendered {
  subject: string;
  html: string;
  text: string;
}

/** Everything a mail shows, in the reader's language. */
export interface Sheet {
  letter: Letter;
  identity: Identity;
  language: string;
  greeting: string;
  /** Who of the team signs it; null for the business alone. */
  signature: Signature | null;
  reason: string;
  /** When somebody is there, in words; null where no hours are set. */
  hours: string | null;
  /** Where the button leads. */
  link: string;
  /** Where the portal is reached. */
  publicUrl: string;
  /** What its reader can do about mail, at its foot. */
  feet: readonly Foot[];
}

export interface Foot {
  text: string;
  link: string;
}

/** Somebody who signs a mail; `picture` is an address. */
export interface Signature {
  name: string;
  /** What they are to the reader. */
  role: string;
  phone: string | null;
  mail: string | null;
  picture: string | null;
}

/** The one layout of all mails: a single column, one button, tables and inline styles as mail programs need them. */
export async function layOut(sheet: Sheet): Promise<Rendered> {
  return { subject: sheet.letter.subject, html: String(await htmlOf(sheet)), text: textOf(sheet) };
}

function htmlOf({
  letter,
  identity,
  language,
  greeting,
  signature,
  reason,
  hours,
  link,
  publicUrl,
  feet,
}: Sheet) {
  const colours = paletteOf(identity.accent, 'light');
  const { paper, card, ink, muted, line, accent } = colours;
  const paragraph = (text: string) => html`<p style="margin:0 0 16px;white-space:pre-line">${text}</p>`;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${letter.subject}</title>
<style>${raw(darkStyles(identity.accent))}</style>
</head>
<body class="paper" style="margin:0;padding:24px 12px;background:${paper};color:${ink};font:16px/1.5 system-ui,sans-serif">
<table role="presentation" width="100%" cellspacing="0" cellpadding="0" border="0"><tr><td align="center">
<table role="presentation" class="card" width="100%" cellspacing="0" cellpadding="0" border="0" style="max-width:520px;background:${card};border-top:4px solid ${accent};border-radius:6px">
<tr><td class="ink" style="padding:28px 28px 12px;color:${ink}">
<p class="accent" style="margin:0 0 24px;font-weight:600;color:${accent}">${brandOf(identity, publicUrl)}</p>
<h1 style="margin:0 0 16px;font-size:24px;line-height:1.25">${letter.heading}</h1>
${paragraph(greeting)}
${letter.blocks === undefined ? letter.paragraphs.map(paragraph) : blocksHtml(letter.blocks, colours)}
${letter.code === undefined ? '' : codeBox(letter.code, line)}
${factTable(letter.facts ?? [], muted)}
${letter.blocks === undefined ? buttonHtml({ text: letter.button, link }, colours) : ''}
${letter.notes.map((note) => html`<p class="muted" style="margin:0 0 8px;font-size:14px;color:${muted}">${note}</p>`)}
${signature === null ? '' : signatureBlock(signature, muted)}
</td></tr>
<tr><td class="muted" style="padding:16px 28px 24px;font-size:13px;color:${muted}">${reason}<br>${contactLines(identity, hours).map((text) => html`${text}<br>`)}${feet.map(({ text, link: to }) => html`<a class="muted" href="${to}" style="color:${muted}">${text}</a><br>`)}</td></tr>
</table>
</td></tr></table>
</body>
</html>`;
}

/** Mail programs show no SVG: of such a logo, and of none, the name is what they show. */
function brandOf({ name, logoFile }: Identity, publicUrl: string) {
  if (logoFile === null || !logoFile.endsWith('.png')) return name;
  return html`<img src="${publicUrl}/logo/${logoFile}" alt="${name}" height="32" style="height:32px;border:0">`;
}

function signatureBlock(signature: Signature, muted: string) {
  const { name, picture } = signature;
  const face =
    picture === null
      ? ''
      : html`<td width="60" valign="top"><img src="${picture}" alt="" width="48" height="48" style="display:block;border-radius:24px"></td>`;
  const lines = signatureLines(signature).map((line) => html`<br>${line}`);
  return html`<table role="presentation" cellspacing="0" cellpadding="0" border="0" style="margin:20px 0 8px"><tr>${face}<td valign="top" class="muted" style="font-size:14px;color:${muted}"><strong>${name}</strong>${lines}</td></tr></table>`;
}

const signatureLines = ({ role, phone, mail }: Signature) =>
  [role, phone, mail].filter((line) => line !== null);

function factTable(facts: readonly [string, string][], muted: string) {
  if (facts.length === 0) return '';
  const rows = facts.map(
    ([label, value]) =>
      html`<tr><th scope="row" class="muted" align="left" style="padding:4px 16px 4px 0;font-weight:400;color:${muted}">${label}</th><td style="padding:4px 0">${value}</td></tr>`,
  );
  return html`<table cellspacing="0" cellpadding="0" border="0">${rows}</table>`;
}

function darkStyles(accentHex: string): string {
  const { paper, card, ink, muted, line, accent, on_accent } = paletteOf(accentHex, 'dark');
  return `@media (prefers-color-scheme:dark){.paper{background:${paper}!important}.card{background:${card}!important;border-color:${accent}!important}.ink{color:${ink}!important}.muted{color:${muted}!important}.accent{color:${accent}!important}.code{border-color:${line}!important}.button{background:${accent}!important;color:${on_accent}!important}}`;
}

/** Who wrote, how to reach them, and when. */
function contactLines({ name, contact }: Identity, hours: string | null): string[] {
  const { address, phone, email } = contact;
  const reached = [phone, hours].filter((part) => part !== null && part !== '').join(', ');
  const named = address === '' ? name : `${name}, ${address}`;
  return [named, reached, email].filter((part) => part !== '');
}

function textOf({ letter, identity, greeting, signature, reason, hours, link, feet }: Sheet): string {
  const facts = (letter.facts ?? []).map(([label, value]) => `${label}: ${value}`).join('\n');
  const parts = [
    letter.heading,
    greeting,
    ...(letter.blocks === undefined ? letter.paragraphs : blocksText(letter.blocks)),
    letter.code ?? '',
    facts,
    letter.blocks === undefined ? `${letter.button}:\n${link}` : '',
    ...letter.notes,
    signature === null ? '' : [signature.name, ...signatureLines(signature)].join('\n'),
    ['-- ', reason, ...contactLines(identity, hours)].join('\n'),
    ...feet.map(({ text, link: to }) => `${text}:\n${to}`),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
