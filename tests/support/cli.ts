import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { programEnv, repository } from './process.ts';

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Where the command line begins. */
export const cliSource = `${repository}functions/cli.ts`;

/** The same in few files where somebody made them before the tests: see `command-line.ts`. */
export const cliFile = process.env.REGULARS_CLI ?? cliSource;

/** Runs `regulars` as a process of its own, as its users do. */
export function runRegulars(env: Record<string, string>, ...words: string[]): Promise<CliResult> {
  return runIn(repository, { env, words });
}

/** As {@link runRegulars}, in another folder: what a command keeps beside a database server lies in `data` of it. */
export function runRegularsIn(
  folder: string,
  env: Record<string, string>,
  ...words: string[]
): Promise<CliResult> {
  return runIn(repository, { env, words, cwd: folder });
}

/** As {@link regulars}, of a copy of the product in another folder. */
export const regularsOf =
  (folder: string) =>
  async (env: Record<string, string>, ...words: string[]): Promise<string> =>
    outputOf(words, await runIn(folder, { env, words }));

function runIn(
  folder: string,
  { env, words, cwd = folder }: { env: Record<string, string>; words: string[]; cwd?: string },
): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const file = folder === repository ? cliFile : join(folder, 'functions/cli.ts');
    const child = spawn(process.execPath, [file, ...words], {
      cwd,
      env: programEnv(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const result: CliResult = { code: null, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      result.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      result.stderr += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...result, code }));
  });
}

/** As {@link runRegulars}, for calls that have to succeed. @throws {Error} with what it said when it does not */
export async function regulars(env: Record<string, string>, ...words: string[]): Promise<string> {
  return outputOf(words, await runRegulars(env, ...words));
}

function outputOf(words: readonly string[], { code, stdout, stderr }: CliResult): string {
  if (code !== 0) throw new Error(`regulars ${words.join(' ')} ended with ${code}:\n${stderr}${stdout}`);
  return stdout;
}
