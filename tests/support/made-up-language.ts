import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** What a made-up language is written with in place of A to Z and a to z: nobody takes one for the other. */
const WIDE = 0xfee0;

/** A text in the made-up language: each letter of A to Z is another one, values in braces stay. */
export function markText(text: string): string {
  return text.replace(/\{\w+\}|[A-Za-z]/g, (found) =>
    found.length > 1 ? found : String.fromCharCode(found.charCodeAt(0) + WIDE),
  );
}

/**
 * Writes a language that nobody speaks into `languages` of a copy of the product: all that English says, marked. Its numbers and
 * dates are written as in Greece, where no month is written with our letters.
 */
export function writeMadeUpLanguage(root: string, code: string): void {
  const [from, to] = [join(root, 'languages/en'), join(root, 'languages', code)];
  for (const folder of ['messages', 'letters']) mkdirSync(join(to, folder), { recursive: true });
  for (const file of readdirSync(join(from, 'messages'))) {
    const messages = JSON.parse(readFileSync(join(from, 'messages', file), 'utf8'));
    writeFileSync(join(to, 'messages', file), JSON.stringify(markMessages(messages)));
  }
  const sources = [
    ...readdirSync(join(from, 'letters')).map((file) => `letters/${file}`),
    'language.ts',
    'kept.ts',
    'papers.ts',
  ];
  for (const file of sources) {
    const marked = markSource(readFileSync(join(from, file), 'utf8'));
    writeFileSync(join(to, file), marked.replace(/region: '[^']*'/, "region: 'el-GR'"));
  }
  writeFileSync(join(to, 'letters.ts'), readFileSync(join(from, 'letters.ts')));
}

/** Only what is said: of a plural its forms, not how one is chosen. */
function markMessages(messages: Record<string, unknown>): Record<string, unknown> {
  const mark = (message: unknown): unknown => {
    if (typeof message === 'string') return markText(message);
    if (!Array.isArray(message)) return message;
    return message.map((plural) => ({ ...plural, match: markMessages(plural.match) }));
  };
  return Object.fromEntries(
    Object.entries(messages).map(([name, message]) => [name, name.startsWith('$') ? message : mark(message)]),
  );
}

/** All texts of a source, but what names a file, a type or a case that is told apart. */
function markSource(source: string): string {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const spans: [from: number, to: number][] = [];
  const look = (node: ts.Node) => {
    const isTold = !ts.isImportDeclaration(node) && !ts.isTypeNode(node) && !isComparison(node);
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      spans.push([node.getStart(), node.getEnd()]);
    if (ts.isCaseClause(node)) node.statements.forEach(look);
    else if (isTold) ts.forEachChild(node, look);
  };
  look(file);
  let marked = source;
  for (const [from, to] of spans.toSorted(([a], [b]) => b - a))
    marked = marked.slice(0, from) + markText(marked.slice(from, to)) + marked.slice(to);
  return marked;
}

function isComparison(node: ts.Node): boolean {
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return (
    kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsEqualsToken
  );
}
