import { expect } from 'vitest';

/** What a claim over HTTP answered. */
export interface Claimed {
  status: number;
  number: number;
  state: string;
  claimantId: string;
}

/** Everybody claims at once; who is told to wait and try again does, under the same key. */
export function claimAtOnce(
  claimants: readonly string[],
  claim: (claimantId: string, key: string) => Promise<{ status: number; json: unknown }>,
): Promise<Claimed[]> {
  return Promise.all(
    claimants.map(async (claimantId, index) => {
      for (let tries = 1; ; tries += 1) {
        const { status, json } = await claim(claimantId, `claim-${index}-of-${claimants.length}`);
        if (status !== 503 || tries === 20) return { status, claimantId, ...numberAndState(json) };
        await new Promise((resolve) => setTimeout(resolve, 100 * tries));
      }
    }),
  );
}

/** Exactly as many pieces as there are, for the first in line; everybody else waits, each with a number of their own. */
export function expectFairRace(answers: readonly Claimed[], stock: number): void {
  expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
  const inLine = answers.toSorted((a, b) => a.number - b.number);
  expect(inLine.map(({ number }) => number)).toEqual(answers.map((_, index) => index + 1));
  expect(inLine.map(({ state }) => state)).toEqual(
    answers.map((_, index) => (index < stock ? 'yours' : 'waiting')),
  );
}

function numberAndState(json: unknown): { number: number; state: string } {
  const number = typeof json === 'object' && json !== null && 'number' in json ? Number(json.number) : 0;
  const state = typeof json === 'object' && json !== null && 'state' in json ? String(json.state) : '';
  return { number, state };
}
