import { posix } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { type Import, imports, placesOf, sources } from './sources.ts';

/** What stands where: each may import those before it. */
const floors: readonly string[] = [
  'db',
  'languages',
  'ground',
  'money',
  'people',
  'voice',
  'circle',
  'insight',
  'care',
  'reach',
  'desk',
  'letters',
  'assembly',
  'src',
  'entry',
];

/** These put rooms together for whatever serves them. */
const assembly = ['app.ts', 'rooms.ts', 'serve.ts'];

const LINES_MAX = 250;
const FUNCTION_LINES_MAX = 70;

/** What letters say is worded with what rooms know; all else that a language says stands below every room. */
const isLetter = (path: string) => /^languages\/(?:\w+\/)?letters(?:\/|\.ts$)/.test(path);

function floorOf(path: string): string {
  if (isLetter(path)) return 'letters';
  const [top = '', wing = '', ...rest] = path.split('/');
  if (top !== 'functions') return top;
  if (rest.length > 0) return wing;
  return assembly.includes(wing) ? 'assembly' : 'entry';
}

/** `wing/room`; a file beside rooms, or outside of the wings, stands for itself. */
function roomOf(path: string): string {
  if (isLetter(path)) return 'letters';
  const parts = path.split('/');
  if (parts[0] !== 'functions') return parts[0] ?? '';
  return parts.length > 3 ? parts.slice(1, 3).join('/') : path;
}

const written = ({ from, to }: Import) => `${from} -> ${to}`;

test('no import runs up: move what both need down, or let the lower room ask through the house', () => {
  const unknown = sources.filter(({ path }) => !floors.includes(floorOf(path)));
  expect(unknown.map(({ path }) => path)).toEqual([]);
  const height = (path: string) => floors.indexOf(floorOf(path));
  expect(imports.filter(({ from, to }) => height(to) > height(from)).map(written)).toEqual([]);
});

test('no rooms go round in a circle: give what both need a room of its own', () => {
  expect(circlesOf(imports.filter(({ from }) => posix.basename(from) !== 'room.ts'))).toEqual([]);
});

test('a room is asked by its operations, not by its queries: publish a reader as a file named by what it reads', () => {
  const foreign = imports.filter(
    ({ from, to }) => /(?:^|[/-])(?:queries|statements)\.ts$/.test(to) && roomOf(from) !== roomOf(to),
  );
  expect(foreign.map(written)).toEqual([]);
});

test(`no file is longer than ${LINES_MAX} lines: split it by idea`, () => {
  const long = sources.filter(({ text }) => text.trimEnd().split('\n').length > LINES_MAX);
  expect(long.map(({ path }) => path)).toEqual([]);
});

test(`no function is longer than ${FUNCTION_LINES_MAX} lines: give its parts names`, () => {
  expect(sources.filter(({ path }) => path.endsWith('.ts')).flatMap(longFunctionsOf)).toEqual([]);
});

test('the clock and the environment are read by entries alone: take ctx.now() and ctx.config', () => {
  const below = sources.filter(({ path }) => {
    const floor = floorOf(path);
    const isEntry = floor === 'entry' || floor === 'assembly';
    return !isEntry && !/^(?:functions\/desk\/cli|src\/service-worker)\//.test(path);
  });
  expect(placesOf(/\bDate\.now\b|new Date\(\)|\bprocess\.env\b/g, below)).toEqual([]);
});

test('a type name means one thing: name the second after what it is', () => {
  const owners = new Map<string, string[]>();
  for (const { path, text } of sources) {
    for (const [, name = ''] of text.matchAll(/^export (?:interface|type) (\w+)/gm))
      owners.set(name, [...(owners.get(name) ?? []), path]);
  }
  const twice = [...owners].filter(([, paths]) => paths.length > 1);
  expect(twice.map(([name, paths]) => `${name}: ${paths.join(', ')}`)).toEqual([]);
});

/** Functions by their own lines: named ones inside of another count for themselves. */
function longFunctionsOf({ path, text }: { path: string; text: string }): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const linesOf = (node: ts.Node) => {
    const lineAt = (position: number) => file.getLineAndCharacterOfPosition(position).line;
    return lineAt(node.getEnd()) - lineAt(node.getStart()) + 1;
  };
  /** Returns how many lines named functions inside a node have. */
  const look = (node: ts.Node): number => {
    let inner = 0;
    ts.forEachChild(node, (child) => {
      inner += look(child);
    });
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return inner;
    const own = linesOf(node) - inner;
    if (own > FUNCTION_LINES_MAX) found.push(`${path}: ${node.getText().split('\n')[0]} (${own} lines)`);
    return ts.isFunctionDeclaration(node) ? linesOf(node) : inner;
  };
  look(file);
  return found;
}

/** Groups of rooms that reach one another (Tarjan's strongly connected components). */
function circlesOf(all: readonly Import[]): string[][] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of all) {
    const [a, b] = [roomOf(from), roomOf(to)];
    if (a === b) continue;
    next.set(a, (next.get(a) ?? new Set()).add(b));
  }
  const indexes = new Map<string, number>();
  const lowest = new Map<string, number>();
  const path: string[] = [];
  const circles: string[][] = [];
  const visit = (room: string) => {
    indexes.set(room, indexes.size);
    lowest.set(room, indexes.get(room) ?? 0);
    path.push(room);
    for (const other of next.get(room) ?? []) {
      if (!indexes.has(other)) visit(other);
      if (path.includes(other)) lowest.set(room, Math.min(lowest.get(room) ?? 0, lowest.get(other) ?? 0));
    }
    if (lowest.get(room) !== indexes.get(room)) return;
    const circle = path.splice(path.indexOf(room));
    if (circle.length > 1) circles.push(circle);
  };
  for (const room of next.keys()) if (!indexes.has(room)) visit(room);
  return circles;
}
