import { policies, policyKeys, setPolicy, showPolicies } from '../business/policies.ts';
import { setSetting as set, settingKeys, showSettings as show } from '../business/settings.ts';
import { type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { tableLines } from './text.ts';

const keys = [...settingKeys, ...policyKeys];
const keyLines = [
  'currency: of ISO 4217; fixed once an order was counted, or credit was given or promised',
  'timeZone: such as Europe/Kyiv; fixed once an order was counted',
  ...policyKeys.map((key) => `${key}: ${policies[key].about}`),
];

export const showSettings: Command = {
  arguments: [],
  options: {},
  about: 'The settings of the business. Name, logo and colours are in src/portal.config.ts.',
  examples: ['settings show'],
  run: ({ io }) =>
    withContext(async (ctx) => {
      const settings = { ...(await show(ctx)), ...Object.fromEntries(await showPolicies(ctx)) };
      await io.answer(
        settings,
        tableLines(Object.entries(settings).map(([key, value]) => [key, value ?? 'not set'])),
      );
      return 0;
    }),
};

export const setSetting: Command = {
  arguments: ['KEY', 'VALUE'],
  options: {},
  about: ['Sets one of:', ...keyLines].join('\n'),
  examples: [
    'settings set currency EUR',
    'settings set timeZone Europe/Kyiv',
    'settings set registration approval',
  ],
  run: async (call) => {
    const name = call.argument(0);
    const value = call.argument(1);
    const fixed = settingKeys.find((known) => known === name);
    const policy = policyKeys.find((known) => known === name);
    if (fixed === undefined && policy === undefined)
      throw new UsageError(`KEY must be one of: ${keys.join(', ')}.`);
    return withContext(async (ctx) => {
      if (fixed !== undefined) await set(ctx, fixed, value);
      else if (policy !== undefined) await setPolicy(ctx, policy, value);
      await call.io.answer({ [name]: value }, [`${name} is ${value}.`]);
      return 0;
    });
  },
};
