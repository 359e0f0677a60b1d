import { listContactsQuery, recordContactInput } from '../../care/contacts/api-schema.ts';
import { contactChannels, contactDirections } from '../../care/contacts/channels.ts';
import { listForPrograms } from '../../care/contacts/list-for-programs.ts';
import { recordContact } from '../../care/contacts/record-contact.ts';
import { formatsOf } from '../../ground/formats/format.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { parseInput, refuseFields } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listCustomersByAnyEmail } from '../../people/customers/find-customer.ts';
import { type Call, type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { tableLines } from './text.ts';

async function inHouse(call: Call, work: (ctx: Context) => Promise<void>): Promise<number> {
  return withContext(
    call.defaults,
    async (ctx) => {
      await work(ctx);
      return 0;
    },
    { house: await call.loadHouse() },
  );
}

/** The same options as the API has; those left out say nothing. */
function told(call: Call, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = call.text(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

export const listedContacts: Command = {
  arguments: ['[EMAIL]'],
  options: {
    channel: { summary: `Only one of ${contactChannels.join(', ')}`, value: 'CHANNEL' },
    direction: { summary: 'Only what came in, or what went out', value: 'in|out' },
    only: {
      summary: 'Of nobody who is known, waited for, or calls nobody took',
      value: 'unknown|unanswered|missed',
    },
    from: { summary: 'On this business day or later', value: 'DAY' },
    until: { summary: 'On this business day or before', value: 'DAY' },
    cursor: { summary: 'Where the page before ended', value: 'TEXT' },
  },
  about: 'What was said with customers, the newest first, thirty at a time; with EMAIL of one of them.',
  examples: ['contacts list', 'contacts list ann@example.com', 'contacts list --only unanswered --json'],
  run: async (call) =>
    inHouse(call, async (ctx) => {
      const email = call.argument(0);
      const asked = told(call, ['channel', 'direction', 'only', 'from', 'until', 'cursor']);
      const whose = email === '' ? {} : { customerId: await customerIdOf(ctx, email) };
      const page = await listForPrograms(ctx, parseInput(listContactsQuery, { ...asked, ...whose }));
      const { moment } = formatsOf('en', (await getBusiness(ctx)).timeZone);
      const rows = page.items.map((one) => [
        ...[moment({ at: Date.parse(one.at), day: null }), one.channel, one.direction],
        one.missed ? 'missed' : one.wantsAnswer && one.answeredAt === null ? 'waits' : '',
        (one.summary ?? '').replaceAll(/\s+/g, ' ').slice(0, 60),
      ]);
      await call.io.answer(page, tableLines(rows));
      if (page.items.length === 0) call.io.note('There are no such contacts.');
      if (page.nextCursor !== null) call.io.note(`More: --cursor ${page.nextCursor}`);
    }),
};

export const loggedContact: Command = {
  arguments: ['EMAIL'],
  options: {
    channel: { summary: `One of ${contactChannels.join(', ')}`, value: 'CHANNEL', isRequired: true },
    direction: { summary: `${contactDirections.join(' or ')}: who began`, value: 'in|out', isRequired: true },
    summary: { summary: 'What was said', value: 'TEXT' },
    at: { summary: 'When it began, of ISO 8601; now without it', value: 'TIME' },
    minutes: { summary: 'How long it took', value: 'N' },
    missed: { summary: 'Of a call: nobody took it' },
    waits: { summary: 'They wait for an answer' },
    staff: { summary: 'The email of who spoke with them', value: 'EMAIL' },
    next: { summary: 'What is to be done next', value: 'TEXT' },
    on: { summary: 'By which day', value: 'DAY' },
    by: { summary: 'The email of who is to do it', value: 'EMAIL' },
    reference: { summary: 'What another system calls it; told again, nothing changes', value: 'TEXT' },
  },
  about: 'Writes down a call, meeting, visit, letter or message with the customer who has EMAIL.',
  examples: [
    'contacts log ann@example.com --channel phone --direction in --minutes 4 --summary "Asked for the next roast"',
    'contacts log ann@example.com --channel visit --direction out --next "Send the offer" --on 2026-03-05',
  ],
  run: async (call) => {
    const minutes = call.text('minutes');
    if (minutes !== null && !/^\d{1,4}$/.test(minutes))
      throw new UsageError(`--minutes has to be a whole number, not '${minutes}'.`);
    return inHouse(call, async (ctx) => {
      const { answer } = await sayingOptions(async () => {
        const input = parseInput(recordContactInput, {
          ...told(call, given),
          customer: { email: call.argument(0) },
          seconds: minutes === null ? null : Number(minutes) * 60,
          ...{ missed: call.isOn('missed'), wantsAnswer: call.isOn('waits'), nextStep: nextStepIn(call) },
        });
        return recordContact(ctx, input, { alongside: () => [] });
      });
      await call.io.answer(answer, [
        answer.taskId === null ? 'It is in the log.' : `It is in the log, with the task ${answer.taskId}.`,
      ]);
    });
  },
};

/** Options that are called as the API calls the field. */
const given = ['channel', 'direction', 'summary', 'at', 'staff', 'reference'] as const;

const optionOf: ReadonlyMap<string, string> = new Map([
  ...given.map((name) => [name, `--${name}`] as const),
  ['customer', 'EMAIL'],
  ['customer.email', 'EMAIL'],
  ['seconds', '--minutes'],
  ['wantsAnswer', '--waits'],
  ['nextStep.what', '--next'],
  ['nextStep.on', '--on'],
  ['nextStep.staff', '--by'],
]);

/** What is wrong is told by the options of the command, not by the fields of the API. @throws {AppError} as `work` */
async function sayingOptions<Output>(work: () => Promise<Output>): Promise<Output> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && error.code === 'validation_failed')
      refuseFields(error.errors.map((one) => ({ ...one, path: optionOf.get(one.path) ?? one.path })));
    throw error;
  }
}

/** @throws {UsageError} for half a step */
function nextStepIn(call: Call): object | null {
  const [what, on, staff] = [call.text('next'), call.text('on'), call.text('by')];
  if (what === null && on === null && staff === null) return null;
  if (what === null || on === null) throw new UsageError('--next and --on go together.');
  return { what, on, staff };
}

async function customerIdOf({ db }: Context, email: string): Promise<string> {
  const [customer] = await listCustomersByAnyEmail(db, { email: email.trim().toLowerCase() });
  if (customer === undefined) throw new AppError('not_found', 'There is no such customer.');
  return customer.id;
}
