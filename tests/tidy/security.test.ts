import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { repository } from '../support/process.ts';
import { asvs } from './asvs.ts';

const lines = readFileSync(`${repository}docs/security.md`, 'utf8').split('\n');
const rows = lines
  .filter((line) => /^\| \d/.test(line))
  .map((line) => {
    const [, row = '', , reasons = ''] = line.split('|').map((cell) => cell.trim());
    return { row, reasons: reasons.split('<br>') };
  });

test('every requirement of levels 1 and 2 stands in docs/security.md once', () => {
  const left = lines
    .filter((line) => line.startsWith('Not applicable: '))
    .flatMap((line) => line.match(/\b\d+\.\d+\.\d+\b/g) ?? []);
  const all = Object.entries(asvs).flatMap(([section, numbers]) =>
    numbers.map((number) => `${section}.${number}`),
  );
  expect(all).toHaveLength(253);
  expect([...rows.map(({ row }) => row), ...left].toSorted()).toEqual(all.toSorted());
});

test('every row of docs/security.md names a test or a text that exists, or a dated reason', () => {
  const wrong = rows.flatMap(({ row, reasons }) =>
    reasons
      .filter((reason) => !/^exception \d{4}-\d\d-\d\d: ./.test(reason) && !isThere(reason))
      .map((reason) => `${row} ${reason}`),
  );
  expect(wrong).toEqual([]);
});

/** A file of tests with the name of one of them, or of a row of one; or a document with a heading or sentence of it. */
function isThere(reason: string): boolean {
  const at = reason.indexOf(': ');
  const [path, name] = [reason.slice(0, at), reason.slice(at + 2)];
  if (!/^(?:tests\/[\w/.-]+\.ts|docs\/[\w/.-]+\.md)$/.test(path) || name === '') return false;
  return existsSync(`${repository}${path}`) && readFileSync(`${repository}${path}`, 'utf8').includes(name);
}
