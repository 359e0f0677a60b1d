import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Command, command, programme } from './commands.ts';
import { invariants, openWatch } from './invariants.ts';
import { openWorld, run, settle } from './world.ts';

const isSoak = process.env.SOAK === '1';
const COMMANDS = 50;
/** In short the same sequences each time, in long others each time. */
const SEED = 20_261_201;
const SEQUENCES = Number(process.env.SEQUENCES ?? (isSoak ? 5000 : 200));

test(`${SEQUENCES} sequences of ${COMMANDS} commands keep the invariants`, async () => {
  const did = new Map<string, number>();
  const sequences = fc.array(command, { minLength: COMMANDS, maxLength: COMMANDS, size: 'max' });
  const first = programme(fc.constant('early'));
  const property = fc.asyncProperty(first, sequences, (start, commands) => play([start, ...commands], did));
  const path = process.env.FC_PATH;
  await fc.assert(property, {
    numRuns: SEQUENCES,
    seed: Number(process.env.FC_SEED ?? (isSoak ? Date.now() % 2 ** 31 : SEED)),
    endOnFailure: process.env.FC_QUICK === '1',
    ...(path === undefined ? {} : { path }),
  });
  const told = [...did].sort().map(([what, times]) => `${what} ${times}`);
  process.stdout.write(`${told.join(', ')}\n`);
  expect(Object.keys(invariants)).toHaveLength(7);
});

async function play(commands: readonly Command[], did: Map<string, number>): Promise<void> {
  const world = await openWorld();
  try {
    const watch = openWatch(world);
    for (const command of commands) {
      const done = await run(world, command);
      const what = `${command.kind} ${done}`;
      did.set(what, (did.get(what) ?? 0) + 1);
      await watch.look();
    }
    await settle(world);
    await watch.look();
    await watch.finish();
  } finally {
    world.close();
  }
}
