import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { repository } from '../support/process.ts';

const rows = readFileSync(`${repository}docs/security.md`, 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => {
    const [, row = '', , reason = ''] = line.split('|').map((cell) => cell.trim());
    return { row, reason };
  });

test('every row of docs/security.md names a test that exists, or a dated reason', () => {
  expect(rows.length).toBeGreaterThan(50);
  const wrong = rows.filter(({ reason }) => !/^exception \d{4}-\d\d-\d\d: ./.test(reason) && !isTest(reason));
  expect(wrong).toEqual([]);
});

function isTest(reason: string): boolean {
  const at = reason.indexOf(': ');
  const path = `${repository}${reason.slice(0, at)}`;
  return (
    /^tests\/[\w/.-]+\.ts$/.test(reason.slice(0, at)) && existsSync(path) && named(path, reason.slice(at + 2))
  );
}

const named = (path: string, name: string) => readFileSync(path, 'utf8').includes(name);
