import { readFile } from 'node:fs/promises';
import type { Context } from '../../ground/platform/context.ts';
import type { House } from '../../ground/room.ts';
import { getBusiness } from '../../money/business/business.ts';
import { setLogo } from '../../money/business/logo/set-logo.ts';
import { listSettable, setPolicy, showPolicies } from '../../money/business/policies.ts';
import { setSetting as setFixed, settingKeys, showSettings } from '../../money/business/settings.ts';
import { type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { tableLines } from './text.ts';

export const settingsShown: Command = {
  arguments: [],
  options: {},
  about: 'What the business is and decides.',
  examples: ['settings show'],
  run: async ({ io, defaults, loadHouse }) => {
    const show = async (ctx: Context) => {
      const { logoFile } = (await getBusiness(ctx)).identity;
      const settings = {
        ...(await showSettings(ctx)),
        ...Object.fromEntries(await showPolicies(ctx)),
        logo: logoFile,
      };
      await io.answer(
        settings,
        tableLines(Object.entries(settings).map(([key, value]) => [key, value ?? 'not set'])),
      );
      return 0;
    };
    return withContext(defaults, show, { house: await loadHouse() });
  },
};

/** What else some settings are called (DOMAIN §8). */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['contact.email', 'contactEmail'],
  ['contact.phone', 'contactPhone'],
  ['contact.address', 'contactAddress'],
  ['hours', 'businessHours'],
]);

/** `settings set`, for what the rooms of a house let a business decide. */
export function settingIn(house: House): Command {
  const settable = listSettable(house);
  const keys = [...settingKeys, ...settable.map(({ key }) => key), 'logo', ...otherNames.keys()];
  return {
    arguments: ['KEY', 'VALUE'],
    options: {},
    about: [
      'Sets one of:',
      'currency: of ISO 4217; fixed once an order was counted, or credit was given or promised',
      'timeZone: such as Europe/Kyiv; fixed once an order was counted',
      ...settable.map(({ key, about }) => `${key}: ${about}`),
      'logo: an SVG or PNG file of at most 64 KiB that is shown in place of the name; none for the drawing of src/portal.config.ts',
    ].join('\n'),
    examples: [
      'settings set name "Tea House"',
      'settings set currency EUR',
      'settings set timeZone Europe/Kyiv',
      'settings set registration approval',
      'settings set logo logo.svg',
    ],
    run: async (call) => {
      const name = otherNames.get(call.argument(0)) ?? call.argument(0);
      const value = call.argument(1);
      const fixed = settingKeys.find((known) => known === name);
      if (!keys.includes(name)) throw new UsageError(`KEY must be one of: ${keys.join(', ')}.`);
      const set = async (ctx: Context) => {
        if (name === 'logo') await setLogo(ctx, value === 'none' ? null : await readFile(value));
        else if (fixed === undefined) await setPolicy(ctx, name, value);
        else await setFixed(ctx, fixed, value);
        await call.io.answer({ [name]: value }, [`${name} is ${value}.`]);
        return 0;
      };
      return withContext(call.defaults, set, { house });
    },
  };
}
