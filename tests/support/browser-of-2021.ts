import css from '@eslint/css';
import { type CssNode, generate, type ListItem, parse, walk } from 'css-tree';
import { ESLint } from 'eslint';

/**
 * What a browser released in 2021 makes of a style sheet. What is newer than that year's Baseline (the features that
 * Chrome, Firefox and Safari all had by its end) is found by ESLint's data; what its data leaves out is looked for here.
 * Like such a browser, this drops a declaration it cannot read, a rule whose selector it cannot read, and a block of an
 * at-rule it does not know. `@supports` asks for what is newer, so its blocks go as well.
 */
export async function asBrowserOf2021(sheet: string): Promise<{ sheet: string; newer: Newer[] }> {
  const tree = parse(sheet, { positions: true, parseCustomProperty: false });
  const offsets = [...(await newerByBaseline(sheet)), ...newerByShape(tree)];
  const newer: Newer[] = [];
  const dropped = new Set<CssNode>();
  for (const { offset, what } of offsets) {
    const found = placeOf(tree, offset);
    if (found === null) continue;
    dropped.add(found.node);
    if (!found.isGuarded) newer.push({ what, rule: textOf(found.rule) });
  }
  walk(tree, (node, item, list) => {
    const isAsked = node.type === 'Atrule' && node.name === 'supports';
    if (list && (isAsked || dropped.has(node))) list.remove(item);
  });
  return { sheet: generate(tree), newer };
}

/** A feature that nothing guards, and the rule it stands in. */
export interface Newer {
  what: string;
  rule: string;
}

async function newerByBaseline(sheet: string): Promise<{ offset: number; what: string }[]> {
  const eslint = new ESLint({
    overrideConfigFile: true,
    overrideConfig: [
      {
        files: ['**/*.css'],
        plugins: { css },
        language: 'css/css',
        languageOptions: { tolerant: true },
        rules: { 'css/use-baseline': ['error', { available: 2021 }] },
      },
    ],
  });
  const [result] = await eslint.lintText(sheet, { filePath: 'sheet.css' });
  const starts = lineStarts(sheet);
  return (result?.messages ?? []).map(({ line, column, message }) => ({
    offset: (starts[line - 1] ?? 0) + column - 1,
    what: /'([^']+)'/.exec(message)?.[1] ?? message,
  }));
}

/** Ranges and `not (…)` in media queries, and a second text of `content` for readers of screens. */
function newerByShape(tree: CssNode): { offset: number; what: string }[] {
  const found: { offset: number; what: string }[] = [];
  const add = (node: CssNode, what: string) => found.push({ offset: node.loc?.start.offset ?? 0, what });
  walk(tree, (node) => {
    if (node.type === 'FeatureRange') add(node, 'range of a media query');
    if (node.type === 'Condition' && /^not\s*\(/.test(generate(node))) add(node, 'not in a media query');
    if (node.type === 'Declaration' && node.property === 'content' && generate(node.value).includes('/'))
      add(node, 'alternative text of content');
  });
  return found;
}

/** The innermost declaration, rule or at-rule at a place, and whether an older way stands before it or it is asked for. */
function placeOf(tree: CssNode, offset: number) {
  const around: CssNode[] = [];
  let isGuarded = false;
  walk(tree, (node: CssNode, item: ListItem<CssNode> | null) => {
    const { loc } = node;
    if (!loc || loc.start.offset > offset || loc.end.offset <= offset) return;
    if (node.type === 'Rule' || node.type === 'Atrule') around.push(node);
    if (node.type === 'Atrule' && node.name === 'supports') isGuarded = true;
    if (node.type !== 'Declaration') return;
    around.push(node);
    for (let before = item?.prev; before; before = before.prev) {
      if (before.data.type === 'Declaration' && before.data.property === node.property) isGuarded = true;
    }
  });
  const [node] = around.slice(-1);
  const rule = around.find(({ type }) => type === 'Rule') ?? node;
  return node === undefined || rule === undefined ? null : { node, rule, isGuarded };
}

const textOf = (node: CssNode) => generate(node).slice(0, 120);

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
