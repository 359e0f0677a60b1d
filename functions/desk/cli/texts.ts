import { getText, listTexts } from '../../people/texts/get-texts.ts';
import { toTextAnswer } from '../../people/texts/schema.ts';
import { setText } from '../../people/texts/set-text.ts';
import { type Call, type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { tableLines } from './text.ts';

export const textsListed: Command = {
  arguments: [],
  options: {
    language: {
      summary: 'The code of the language; the own one of the business where none is given',
      value: 'CODE',
    },
    search: { summary: 'Only texts that hold these words', value: 'WORDS' },
    own: { summary: 'Only texts in your own words' },
  },
  about: 'What pages and mail say, and which of it is in your own words.',
  examples: ['texts list --search voucher'],
  run: async (call) => {
    const house = await call.loadHouse();
    return withContext(
      call.defaults,
      async (ctx) => {
        const asked = { language: call.text('language') ?? null, search: call.text('search') ?? null };
        const texts = await listTexts(ctx, { ...asked, isOwn: call.isOn('own') });
        const rows = texts.map(({ key, own, parts }) => [
          key,
          Object.keys(own).length > 0 ? 'own' : 'ours',
          (parts[0] && (own[parts[0].name] ?? parts[0].ours)) || '',
        ]);
        await call.io.answer(texts.map(toTextAnswer), tableLines(rows));
        return 0;
      },
      { house },
    );
  },
};

const which = (call: Call) => ({ language: call.argument(0), key: call.argument(1) });

export const textShown: Command = {
  arguments: ['LANGUAGE', 'KEY'],
  options: {},
  about: 'What a text says: ours, and yours where it differs.',
  examples: ['texts get en page.home'],
  run: async (call) => {
    const house = await call.loadHouse();
    return withContext(
      call.defaults,
      async (ctx) => {
        const text = await getText(ctx, which(call));
        const lines = text.parts.flatMap(({ name, ours }) => [
          `${name}: ${text.own[name] ?? ours}`,
          ...(text.own[name] === undefined ? [] : [`  ours: ${ours}`]),
        ]);
        await call.io.answer(toTextAnswer(text), lines);
        return 0;
      },
      { house },
    );
  },
};

export const textSet: Command = {
  arguments: ['LANGUAGE', 'KEY'],
  options: {
    part: {
      summary: 'A part and what it says, such as home_title=Every cup counts; give several',
      value: 'NAME=TEXT',
      isMultiple: true,
      isRequired: true,
    },
  },
  about:
    'Words parts of a text; the others stay as they are. Values are named in braces, such as {amount}. In the body of a\n' +
    'mail an empty line begins another paragraph.',
  examples: ['texts set en page.home --part "home_title=Every cup counts"'],
  run: async (call) => {
    const wanted = call.list('part').map((text) => {
      const [name = '', words] = text.split(/=(.*)/s);
      if (words === undefined) throw new UsageError('--part has to be NAME=TEXT.');
      return [name, words] as const;
    });
    const house = await call.loadHouse();
    return withContext(
      call.defaults,
      async (ctx) => {
        const { own } = await getText(ctx, which(call));
        const text = await setText(ctx, {
          ...which(call),
          parts: { ...own, ...Object.fromEntries(wanted) },
        });
        await call.io.answer(toTextAnswer(text), [`${text.key} says so in ${text.language} from now on.`]);
        return 0;
      },
      { house },
    );
  },
};

export const textReset: Command = {
  arguments: ['LANGUAGE', 'KEY'],
  options: {},
  about: 'Gives a text back to the portal. Your words stay in its history.',
  examples: ['texts reset en page.home'],
  run: async (call) => {
    const house = await call.loadHouse();
    return withContext(
      call.defaults,
      async (ctx) => {
        const text = await setText(ctx, { ...which(call), parts: {} });
        await call.io.answer(toTextAnswer(text), [`${text.key} in ${text.language} is ours again.`]);
        return 0;
      },
      { house },
    );
  },
};
