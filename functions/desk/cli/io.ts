import { exactJson } from '../../ground/platform/exact-json.ts';

/** Where a command writes: results to standard output, everything else to standard error. */
export interface Io {
  /** Standard output holds nothing but JSON. */
  isJson: boolean;
  isQuiet: boolean;
  /** Part of the result as it is; resolves when more may be written. */
  write: (text: string | Uint8Array) => Promise<void>;
  /** The whole result: JSON with `--json`, else these lines. Amounts become JSON numbers, as long as these hold them. */
  answer: (json: unknown, lines: readonly string[]) => Promise<void>;
  /** A message beside the result. */
  note: (line: string) => void;
  /** A message that is not missed by who wants quiet. */
  warn: (line: string) => void;
  /** The terminal's error stream, for progress; null where nobody looks. */
  terminal: { columns: number } | null;
}

export function openIo({ isJson, isQuiet }: { isJson: boolean; isQuiet: boolean }): Io {
  const { stdout, stderr } = process;
  const write = (text: string | Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => {
      stdout.write(text, (error) => (error ? reject(error) : resolve()));
    });
  return {
    isJson,
    isQuiet,
    write,
    answer: (json, lines) =>
      write(isJson ? `${exactJson(json)}\n` : lines.map((line) => `${line}\n`).join('')),
    note: (line) => {
      if (!isQuiet) stderr.write(`${line}\n`);
    },
    warn: (line) => {
      stderr.write(`${line}\n`);
    },
    terminal: stderr.isTTY ? { columns: stderr.columns } : null,
  };
}

/** Whoever reads our output may stop reading: `… | head` is no failure. Other errors come back to who writes. */
export function endQuietlyWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
  });
}
