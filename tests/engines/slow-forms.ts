import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { expect, test } from 'vitest';
import { pause } from '../support/process.ts';
import { type Browser, openBrowser } from './browser.ts';
import type { House } from './house.ts';

type SignIn = (house: House, browser: Browser, email: string) => Promise<void>;

/** What is sent counts as of who is signed in when all of it is there. */
export function describeSlowForms(open: () => House, signIn: SignIn): void {
  test('a form that comes slowly does nothing for who was signed out meanwhile', async () => {
    const house = open();
    const browser = openBrowser(house.origin);
    const email = 'slow-form@example.com';
    await signIn(house, browser, email);
    const name = 'regulars_session';
    const cookie = `${name}=${browser.cookie(name)}`;
    const isQuick = await sendInTwo(house.origin, cookie, async () => undefined);
    expect(isQuick.headers.location).toContain('saved');
    expect(await house.look(`SELECT name FROM customers WHERE email = '${email}'`)).toEqual([['Renamed']]);
    await house.look(`UPDATE customers SET name = 'Ann' WHERE email = '${email}'`);
    const answer = await sendInTwo(house.origin, cookie, async () => {
      await browser.post('/sign-out', { everywhere: 'yes' });
      await pause(1100);
    });
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toContain('/sign-in');
    expect(await house.look(`SELECT name FROM customers WHERE email = '${email}'`)).toEqual([['Ann']]);
  });
}

/** Sends a new name in two parts, with something in between. */
async function sendInTwo(
  origin: string,
  cookie: string,
  between: () => Promise<unknown>,
): Promise<IncomingMessage> {
  const [first, last] = ['do=name&na', 'me=Renamed'];
  const sending = request(`${origin}/account/settings`, {
    method: 'POST',
    headers: {
      Cookie: cookie,
      Origin: origin,
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': first.length + last.length,
    },
  });
  const answered = once(sending, 'response');
  sending.write(first);
  await pause(100);
  await between();
  sending.end(last);
  const [answer] = await answered;
  answer.resume();
  return answer;
}
