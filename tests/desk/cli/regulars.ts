import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const entry = fileURLToPath(new URL('../../../functions/cli.ts', import.meta.url));

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A folder of its own with a database to be, where the command line is run as a child process. */
export interface Desk {
  folder: string;
  /** Runs `regulars WORDS`. */
  regulars: (words: readonly string[], env?: Record<string, string>) => Promise<Ran>;
  /** The same; what it printed as JSON. Throws unless it ended well. */
  json: (...words: string[]) => Promise<unknown>;
  /** Writes a file and names it. */
  file: (name: string, content: unknown) => string;
}

export function openDesk(): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const regulars: Desk['regulars'] = (words, env = {}) =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [entry, ...words], { cwd: folder, env: environment(env) });
      const ran: Ran = { code: null, stdout: '', stderr: '' };
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        ran.stdout += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        ran.stderr += text;
      });
      child.once('error', reject);
      child.once('close', (code) => resolve({ ...ran, code }));
    });
  return {
    folder,
    regulars,
    json: async (...words) => {
      const { code, stdout, stderr } = await regulars([...words, '--json']);
      if (code !== 0) throw new Error(`exit ${code}: ${stderr}`);
      return JSON.parse(stdout);
    },
    file: (name, content) => {
      const path = join(folder, name);
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
      return path;
    },
  };
}

/** Nothing of the machine's own settings. */
function environment(env: Record<string, string>): Record<string, string> {
  return { PATH: process.env.PATH ?? '', ...env };
}

export const ordersCsv = [
  'order_number,placed_at,customer_email,currency,line_total,status',
  'A-1,2026-01-05,ann@example.com,EUR,250.00,delivered',
  'A-2,2026-01-07,ann@example.com,EUR,60.00,shipped',
  'B-1,2026-01-09,bob@example.com,EUR,99.99,delivered',
  '',
].join('\n');

export const programme = {
  currency: 'EUR',
  timeZone: 'Europe/Paris',
  rules: [
    {
      id: 'money-back',
      name: '5 back for every 100',
      scheme: 'every',
      spend: '100.00',
      back: '5.00',
      period: 'lifetime',
      from: '2026-01-01',
    },
  ],
};
