import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { repository } from '../../support/process.ts';

/** Prints each file of Drizzle that the product loads, with its format; `first` runs before. */
function loaded(first: string): string[] {
  const program = `
    import { registerHooks } from 'node:module';
    ${first}
    registerHooks({
      load(url, context, next) {
        const { format, ...rest } = next(url, context);
        if (url.includes('/drizzle-orm/')) console.log(url + ' ' + format);
        return { format, ...rest };
      },
    });
    await import('./functions/rooms.ts');
  `;
  const words = ['--input-type=module', '--eval', program];
  return execFileSync(process.execPath, words, { cwd: repository, encoding: 'utf8' })
    .trim()
    .split('\n')
    .sort();
}

test('Drizzle resolved by address is what Node itself resolves', () => {
  const itself = loaded('');
  const byAddress = loaded(
    `(await import('./functions/desk/cli/resolve-drizzle.ts')).resolveDrizzleByAddress();`,
  );
  expect(itself.length).toBeGreaterThan(50);
  expect(byAddress).toEqual(itself);
});
