import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keepToOwner } from '../../../functions/desk/cli/own-files.ts';
import { openDesk } from './regulars.ts';

const rightsOf = (path: string) => statSync(path).mode & 0o777;

test('a database that is made is its owner’s alone, with its folder', async () => {
  const { regulars, folder } = openDesk();
  expect((await regulars(['settings', 'show'])).code).toBe(0);
  expect(rightsOf(join(folder, 'data'))).toBe(0o700);
  expect(rightsOf(join(folder, 'data/regulars.db'))).toBe(0o600);
  chmodSync(join(folder, 'data/regulars.db'), 0o644);
  const { stderr } = await regulars(['settings', 'show']);
  expect(stderr).toContain('could be read by others');
  expect(rightsOf(join(folder, 'data/regulars.db'))).toBe(0o600);
});

test('a log and an index beside it are taken back, too, and said once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-own-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'a.db');
  for (const end of ['', '-wal', '-shm']) writeFileSync(`${path}${end}`, '', { mode: 0o644 });
  expect(keepToOwner(path)).toEqual([path, `${path}-wal`, `${path}-shm`]);
  expect(keepToOwner(path)).toEqual([]);
});
