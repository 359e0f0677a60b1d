/** What a picture may be drawn with; nothing here runs, animates, links or loads. */
const elements = new Set([
  ...['svg', 'g', 'path', 'circle', 'ellipse', 'rect', 'line', 'polyline', 'polygon', 'text', 'tspan'],
  ...['defs', 'linearGradient', 'radialGradient', 'stop', 'clipPath', 'mask', 'title', 'desc', 'style'],
]);

/** Why a text is no SVG that may be shown to strangers. */
export type SvgFlaw =
  | 'not_well_formed'
  | 'declaration'
  | 'element'
  | 'event_handler'
  | 'foreign_reference'
  | 'character_reference';

const nameAt = /[A-Za-z_][\w:.-]*/y;

/** The first reason to refuse an SVG; null when it is only drawn from what stands in it. */
export function svgFlaw(svg: string): SvgFlaw | null {
  const open: string[] = [];
  let hasRoot = false;
  if (!/ xmlns=["']http:\/\/www\.w3\.org\/2000\/svg["']/.test(svg.replaceAll('\n', ' ')))
    return 'not_well_formed';
  let at = svg.startsWith('<?xml') ? svg.indexOf('?>') + 2 : 0;
  if (at === 1) return 'not_well_formed';
  while (at < svg.length) {
    const next = svg.indexOf('<', at);
    const text = svg.slice(at, next === -1 ? svg.length : next);
    const flaw = textFlaw(text, open.at(-1));
    if (flaw !== null) return flaw;
    if (next === -1) break;
    const tag = readTag(svg, next);
    if (typeof tag === 'string') return tag;
    if (tag.kind === 'open' && open.length === 0 && (hasRoot || tag.name !== 'svg')) return 'not_well_formed';
    if (tag.kind === 'close' && open.pop() !== tag.name) return 'not_well_formed';
    if (tag.kind === 'open') hasRoot = true;
    if (tag.kind === 'open' && !tag.isEmpty) open.push(tag.name);
    at = tag.end;
  }
  return hasRoot && open.length === 0 ? null : 'not_well_formed';
}

type Tag =
  | { kind: 'comment'; end: number }
  | { kind: 'close'; name: string; end: number }
  | { kind: 'open'; name: string; isEmpty: boolean; end: number };

function readTag(svg: string, from: number): Tag | SvgFlaw {
  if (svg.startsWith('<!--', from)) {
    const end = svg.indexOf('-->', from + 4);
    return end === -1 ? 'not_well_formed' : { kind: 'comment', end: end + 3 };
  }
  if (svg.startsWith('<!', from) || svg.startsWith('<?', from)) return 'declaration';
  const isClose = svg.startsWith('</', from);
  const start = from + (isClose ? 2 : 1);
  const name = readName(svg, start);
  if (name === null) return 'not_well_formed';
  let at = start + name.length;
  if (isClose) {
    const closing = readEnd(svg, at);
    return closing === null ? 'not_well_formed' : { kind: 'close', name, end: closing.end };
  }
  if (!elements.has(name)) return 'element';
  for (;;) {
    const closing = readEnd(svg, at);
    if (closing !== null) return { kind: 'open', name, ...closing };
    const attributeAt = afterSpace(svg, at);
    const attribute = readName(svg, attributeAt);
    const value = attribute === null ? null : readValue(svg, attributeAt + attribute.length);
    if (attribute === null || value === null || attributeAt === at) return 'not_well_formed';
    const flaw = attributeFlaw(attribute, value.text);
    if (flaw !== null) return flaw;
    at = value.end;
  }
}

function readName(svg: string, at: number): string | null {
  nameAt.lastIndex = at;
  return nameAt.exec(svg)?.[0] ?? null;
}

/** The end of a tag. */
function readEnd(svg: string, from: number): { isEmpty: boolean; end: number } | null {
  const at = afterSpace(svg, from);
  if (svg.startsWith('/>', at)) return { isEmpty: true, end: at + 2 };
  return svg[at] === '>' ? { isEmpty: false, end: at + 1 } : null;
}

/** What an attribute says, from behind its name. */
function readValue(svg: string, from: number): { text: string; end: number } | null {
  const equals = afterSpace(svg, from);
  if (svg[equals] !== '=') return null;
  const start = afterSpace(svg, equals + 1);
  const quote = svg[start];
  if (quote !== '"' && quote !== "'") return null;
  const end = svg.indexOf(quote, start + 1);
  const text = svg.slice(start + 1, end);
  return end === -1 || text.includes('<') ? null : { text, end: end + 1 };
}

function afterSpace(svg: string, from: number): number {
  let at = from;
  while (/\s/.test(svg[at] ?? '')) at += 1;
  return at;
}

function attributeFlaw(name: string, value: string): SvgFlaw | null {
  if (/^on/i.test(name)) return 'event_handler';
  if (/^xmlns(?::\w+)?$/.test(name)) return null;
  if (/(?:^|:)(?:href|src|base)$/i.test(name)) return 'foreign_reference';
  return valueFlaw(value);
}

function textFlaw(text: string, inside: string | undefined): SvgFlaw | null {
  if (inside === undefined) return text.trim() === '' ? null : 'not_well_formed';
  return inside === 'style' ? valueFlaw(text) : null;
}

/** Colours and fills may point into the picture itself, as in `url(#shade)`. */
function valueFlaw(value: string): SvgFlaw | null {
  if (/&#|\\/.test(value)) return 'character_reference';
  if (/@|javascript:|data:|https?:|\/\//i.test(value)) return 'foreign_reference';
  return /url\(\s*(?!["']?#)/i.test(value) ? 'foreign_reference' : null;
}
