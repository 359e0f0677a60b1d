import { setSetting as set, settingKeys, showSettings as show } from '../programme/settings.ts';
import { type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { tableLines } from './text.ts';

export const showSettings: Command = {
  arguments: [],
  options: {},
  about: 'Currency and time zone of the business. Name, logo and colours are in src/portal.config.ts.',
  examples: ['settings show'],
  run: ({ io }) =>
    withContext(async (ctx) => {
      const settings = await show(ctx);
      await io.answer(settings, tableLines(settingKeys.map((key) => [key, settings[key] ?? 'not set'])));
      return 0;
    }),
};

export const setSetting: Command = {
  arguments: ['KEY', 'VALUE'],
  options: {},
  about: `KEY is ${settingKeys.join(' or ')}. Both are fixed once an order was counted.`,
  examples: ['settings set currency EUR', 'settings set timeZone Europe/Kyiv'],
  run: async (call) => {
    const key = settingKeys.find((known) => known === call.argument(0));
    if (key === undefined) throw new UsageError(`KEY has to be ${settingKeys.join(' or ')}.`);
    return withContext(async (ctx) => {
      await set(ctx, key, call.argument(1));
      const settings = await show(ctx);
      await call.io.answer(settings, [`${key} is ${settings[key]}.`]);
      return 0;
    });
  },
};
