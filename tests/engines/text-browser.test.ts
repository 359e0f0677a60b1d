import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import messages from '../../languages/en/messages/site.json' with { type: 'json' };
import { pause } from '../support/process.ts';
import { openW3m, type W3m, w3mProblem } from '../support/w3m.ts';
import { type House, openHouse } from './house.ts';
import { deliveredOrder, halfBack } from './orders.ts';

const problem = w3mProblem();
/** So much of a sentence stands on one line of the screen. */
const startOf = (sentence: string) => sentence.split(' ').slice(0, 3).join(' ');

describe.skipIf(problem !== null)(`w3m${problem === null ? '' : ` (${problem})`}`, () => {
  const home = mkdtempSync(join(tmpdir(), 'regulars-w3m-'));
  let house: House;
  let reader: W3m;
  beforeAll(async () => {
    house = await openHouse('Node with a file');
    await house.setProgramme(halfBack);
    const order = deliveredOrder('w3m', 4200);
    await house.api('POST', '/orders', { ...order, customer: { email: 'reader@example.com' } });
    reader = openW3m(`${house.origin}/sign-in`, home);
  });
  afterAll(async () => {
    reader?.close();
    await house?.close();
    rmSync(home, { recursive: true, force: true });
  });

  test('signs in by the code, joins, and reads the balance', async () => {
    await reader.shows('Email');
    await reader.goAfter('Email');
    await reader.fill('reader@example.com');
    await reader.goAfter('reader@example.com');
    reader.press();
    await reader.shows(messages.code_label);
    await reader.goAfter(messages.code_label);
    await reader.fill(await codeFor('reader@example.com'));
    await reader.goAfter(startOf(messages.code_link_too));
    reader.press();
    await reader.shows('Your name');
    await reader.goAfter('Your name');
    await reader.fill('Ann Reader');
    await reader.goAfter('this at any time');
    reader.press();
    await reader.shows(messages.available);
    await reader.shows('€20.00');
  });

  async function codeFor(email: string): Promise<string> {
    const mailed = () => house.mail.accepted.find(({ body }) => String(body.to).includes(email));
    while (mailed() === undefined) await pause(50);
    return /\b\d{6}\b/.exec(String(mailed()?.body.text))?.[0] ?? '';
  }
});
