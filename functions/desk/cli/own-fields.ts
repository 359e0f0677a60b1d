import {
  defineOwnField,
  type OwnFieldInput,
  removeOwnField,
} from '../../people/own-fields/define-own-field.ts';
import { getOwnFields } from '../../people/own-fields/get-own-fields.ts';
import { customerUses, ownFieldKinds } from '../../people/own-fields/own-field.ts';
import { type Call, type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { tableLines } from './text.ts';

export const listOwnFields: Command = {
  arguments: [],
  options: {},
  about: 'The fields of your own that customers have beyond what the portal knows.',
  examples: ['own-fields list'],
  run: ({ io, defaults, loadHouse }) =>
    loadHouse().then((house) =>
      withContext(
        defaults,
        async (ctx) => {
          const fields = await getOwnFields(ctx);
          const rows = fields.map(({ key, kind, names, choices, customers }) => [
            key,
            kind,
            Object.values(names).join(' / '),
            choices.join(', '),
            customers === 'nothing' ? '' : `customers ${customers} it`,
          ]);
          await io.answer(fields, tableLines(rows));
          if (fields.length === 0) io.note('There are no own fields yet.');
          return 0;
        },
        { house },
      ),
    ),
};

export const setOwnField: Command = {
  arguments: ['KEY', 'KIND'],
  options: {
    name: {
      summary: 'What it is called, such as en=Shoe size; give one for each language',
      value: 'LANGUAGE=NAME',
      isMultiple: true,
      isRequired: true,
    },
    choice: {
      summary: 'What may be chosen, of the kind choice; give several',
      value: 'TEXT',
      isMultiple: true,
    },
    customers: { summary: 'What customers do with their own: nothing, see or edit', value: 'USE' },
  },
  about: `Defines a field or changes one of that key. KIND is one of: ${ownFieldKinds.join(', ')}.`,
  examples: [
    'own-fields set shoe_size number --name "en=Shoe size" --customers edit',
    'own-fields set tea choice --name en=Tea --choice Green --choice Black',
  ],
  run: async (call) => {
    const input = readField(call);
    const house = await call.loadHouse();
    return withContext(
      call.defaults,
      async (ctx) => {
        const field = await defineOwnField(ctx, input);
        await call.io.answer(field, [`The field ${field.key} is there.`]);
        return 0;
      },
      { house },
    );
  },
};

function readField(call: Call): OwnFieldInput {
  const kind = ownFieldKinds.find((known) => known === call.argument(1));
  if (kind === undefined) throw new UsageError(`KIND must be one of: ${ownFieldKinds.join(', ')}.`);
  const used = call.text('customers') ?? 'nothing';
  const customers = customerUses.find((known) => known === used);
  if (customers === undefined)
    throw new UsageError(`--customers must be one of: ${customerUses.join(', ')}.`);
  const names = call.list('name').map((text) => {
    const [language = '', name = ''] = text.split(/=(.*)/s);
    return [language, name] as const;
  });
  return {
    ...{ key: call.argument(0), kind, customers },
    names: Object.fromEntries(names),
    choices: [...call.list('choice')],
  };
}

export const removeOwnFieldCommand: Command = {
  arguments: ['KEY'],
  options: { 'with-values': { summary: 'Also when something is kept in it, which goes with it' } },
  examples: ['own-fields remove shoe_size --with-values'],
  run: async (call) => {
    const house = await call.loadHouse();
    return withContext(
      call.defaults,
      async (ctx) => {
        const key = call.argument(0);
        const values = await removeOwnField(ctx, { key, isConfirmed: call.isOn('with-values') });
        await call.io.answer({ key, values }, [`The field ${key} is gone, with ${values} values.`]);
        return 0;
      },
      { house },
    );
  },
};
