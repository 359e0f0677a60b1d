import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { commands } from '../../../functions/desk/cli/commands.ts';
import { helpText } from '../../../functions/desk/cli/help.ts';
import { progressText } from '../../../functions/desk/cli/progress.ts';
import { readCall } from '../../../functions/desk/cli/read-call.ts';
import { runCli } from '../../../functions/desk/cli/run-cli.ts';
import { portal } from '../../../src/portal.config.ts';
import { repository } from '../../support/process.ts';
import { openDesk, type Ran } from './regulars.ts';

/** Most tests run commands out of few files; users run them out of their own. */
test('every command loads from its own files, as Node reads them', async () => {
  const program = `
    const { commands } = await import('./functions/desk/cli/commands.ts');
    const loadHouse = async () => (await import('./functions/rooms.ts')).house;
    const loaded = [];
    for (const [name, { load }] of Object.entries(commands))
      if (typeof (await load(loadHouse)).run === 'function') loaded.push(name);
    process.stdout.write(JSON.stringify(loaded));`;
  const words = ['--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: repository });
  expect(JSON.parse(stdout)).toEqual(Object.keys(commands));
});

describe('help', () => {
  test.each(Object.keys(commands))(
    'of %s says how it is called, with examples that are valid',
    async (name) => {
      const command = await commands[name]?.load(surroundings.loadHouse);
      if (command === undefined) throw new Error('not loaded');
      const help = helpText(name, command);
      expect(help).toContain(`Usage: regulars ${name}`);
      expect(help).toContain('Examples:\n  npm run -s regulars -- ');
      expect(readCall(command, ['--help'], surroundings)).toEqual({ isHelp: true });
      for (const example of command.examples) {
        expect(example.startsWith(name)).toBe(true);
        const words = example.slice(name.length).match(/"[^"]*"|[^\s">]+/g) ?? [];
        const typed = words
          .slice(0, example.includes('>') ? -1 : undefined)
          .map((word) => word.replaceAll('"', ''));
        expect(readCall(command, typed, surroundings)).toMatchObject({ isHelp: false });
      }
    },
  );

  test('is shown for nothing, for all, for a group and for a command', async () => {
    const asked = [
      [],
      ['--help'],
      ['help'],
      ['import', '--help'],
      ['help', 'import', 'orders'],
      ['verify', '-h'],
    ];
    const shown = [];
    for (const words of asked) shown.push(await type(words));
    expect(shown.map(({ code, stderr }) => [code, stderr])).toEqual(asked.map(() => [0, '']));
    expect(shown.map(({ stdout }) => stdout.split('\n')[0])).toEqual([
      'Usage: regulars COMMAND …',
      'Usage: regulars COMMAND …',
      'Usage: regulars COMMAND …',
      'Usage: regulars import …',
      'Usage: regulars import orders FILE [--dry-run] [--map FILE] [--rejected FILE] [--guess] [--output FILE] [--currency CODE]',
      'Usage: regulars verify',
    ]);
  });
});

const surroundings = {
  defaults: portal,
  loadHouse: async () => (await import('../../../functions/rooms.ts')).house,
};

describe('wrong usage ends with 2 and names what is wrong:', () => {
  const wrong: [string, string[], string][] = [
    ['an unknown command', ['sing'], "There is no command 'sing'."],
    ['an unknown command of a group', ['export', 'songs'], "There is no command 'export songs'."],
    ['half a command', ['imports'], "There is no command 'imports'."],
    ['an unknown option', ['verify', '--loud'], "Unknown option '--loud'."],
    ['an unknown option before the command', ['--loud', 'verify'], "Unknown option '--loud'."],
    ['a missing argument', ['import', 'orders'], 'FILE is missing.'],
    ['an argument too much', ['balances', 'all'], "Unexpected argument 'all'."],
    ['a missing option', ['adjust', 'ann@example.com', '-5.00'], '--reason is missing.'],
    ['an option without its value', ['export', 'orders', '--since'], "'-"],
    ['a format we do not write', ['export', 'orders', '--format', 'xml'], '--format has to be one of'],
    ['a day that does not exist', ['export', 'orders', '--since', '2026-02-30'], '--since has to be a date'],
    ['a role nobody has', ['staff', 'add', 'a@b.example', '--role', 'boss'], '--role has to be one of'],
    ['a scope that opens nothing', ['keys', 'add', 'till', '--scope', 'all'], "--scope 'all' is unknown"],
    ['a position that is no number', ['feed', 'reread', 'club', 'x'], 'POSITION has to be'],
    ['a setting there is not', ['settings', 'set', 'colour', 'red'], 'KEY must be'],
  ];
  test.each(wrong)('%s', async (_name, words, message) => {
    const { code, stdout, stderr } = await type(words);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

test('the process ends with the exit code', async () => {
  const { regulars } = openDesk();
  expect(await regulars(['--help'])).toMatchObject({ code: 0, stderr: '' });
  expect(await regulars(['verify', '--loud'])).toMatchObject({ code: 2, stdout: '' });
});

test('progress tells rate and time left', () => {
  const at = { label: 'Importing', unit: 'rows', elapsed_ms: 2000 };
  expect(progressText({ ...at, done: 12_000, of: 60_000 })).toBe(
    'Importing: 12,000 of 60,000 rows, 20% · 6,000/s · 8 s left',
  );
  expect(progressText({ ...at, done: 10, of: 60_000 })).toContain('4 h left');
  expect(progressText({ ...at, done: 12_000, of: null })).toBe('Importing: 12,000 rows · 6,000/s');
  expect(progressText({ ...at, done: 0, of: 0, elapsed_ms: 0 })).toBe('Importing: 0 of 0 rows, 0% · 0/s');
});

/** Types words within this process: nothing here gets as far as opening a database. */
async function type(words: readonly string[]): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      written[stream] += String(text);
      return true;
    }),
  );
  try {
    return { code: await runCli(words, surroundings), ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
