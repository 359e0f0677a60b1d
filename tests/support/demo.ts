import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { regulars } from './cli.ts';
import { portalSettings } from './server.ts';

let kept: Promise<string> | null = null;

/** Puts the demo business into a folder, as `regulars.db` and the files beside it; loaded once for all tests of a process. */
export async function copyDemo(folder: string): Promise<void> {
  kept ??= loadDemo();
  cpSync(await kept, folder, { recursive: true });
}

async function loadDemo(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-demo-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await regulars(portalSettings(`file:${join(folder, 'regulars.db')}`, 'http://127.0.0.1:9'), 'demo');
  return folder;
}
