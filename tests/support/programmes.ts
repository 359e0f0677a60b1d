import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { regulars } from './cli.ts';

/** Five back for every ten, without waiting and for ever. */
export const halfBack = {
  currency: 'EUR',
  timeZone: 'Europe/Paris',
  rules: [
    {
      id: 'half',
      name: '5 back for every 10',
      scheme: 'every',
      spend: '10.00',
      back: '5.00',
      period: 'lifetime',
      counts: { shipping: false, tax: false },
      settleAfterDays: 0,
      expires: 'never',
      pays: 'credit',
      for: 'everyone',
      from: '2026-01-01',
    },
  ],
  debt: 'carry',
};

/** Sets a programme by the command line, as an owner does. */
export function setProgrammeFile(
  settings: Record<string, string>,
  folder: string,
  programme: object,
): Promise<string> {
  const path = join(folder, 'programme.json');
  writeFileSync(path, JSON.stringify(programme));
  return regulars(settings, 'programme', 'set', path);
}
