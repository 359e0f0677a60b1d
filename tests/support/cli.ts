import { spawn } from 'node:child_process';
import { programEnv, repository } from './process.ts';

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export const cliFile = `${repository}functions/cli.ts`;

/** Runs `regulars` as a process of its own, as its users do. */
export function runRegulars(env: Record<string, string>, ...words: string[]): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cliFile, ...words], {
      cwd: repository,
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
  const { code, stdout, stderr } = await runRegulars(env, ...words);
  if (code !== 0) throw new Error(`regulars ${words.join(' ')} ended with ${code}:\n${stderr}${stdout}`);
  return stdout;
}
