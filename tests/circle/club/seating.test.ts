import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type GivenAnswer, hasRoomFor, seatsOf } from '../../../functions/circle/club/events/seating.ts';

type Told = [who: string, answer: GivenAnswer['answer'], guests?: number];
const given = (told: readonly Told[]): GivenAnswer[] =>
  told.map(([customerId, answer, guests = 0], index) => ({
    seq: index + 1,
    customerId,
    accountId: customerId,
    answer,
    guests,
  }));
const shown = (told: readonly Told[], places: number) =>
  [...seatsOf(given(told), places).values()].map(
    ({ customerId, state, guests }) => `${customerId} ${state} ${guests}`,
  );

const cases: [name: string, told: Told[], expected: string[]][] = [
  [
    'first come, first seated',
    [
      ['a', 'yes', 1],
      ['b', 'yes'],
      ['c', 'yes'],
    ],
    ['a seated 1', 'b seated 0', 'c waiting 0'],
  ],
  [
    'perhaps takes no place',
    [
      ['a', 'maybe'],
      ['b', 'yes', 2],
    ],
    ['a none 0', 'b seated 2'],
  ],
  [
    'a no frees a place for the next',
    [
      ['a', 'yes', 2],
      ['b', 'yes'],
      ['a', 'no'],
    ],
    ['a none 0', 'b seated 0'],
  ],
  [
    'fewer guests free places',
    [
      ['a', 'yes', 2],
      ['b', 'yes', 1],
      ['a', 'yes', 0],
    ],
    ['a seated 0', 'b seated 1'],
  ],
  [
    'nobody passes a large party',
    [
      ['a', 'yes'],
      ['b', 'yes', 2],
      ['c', 'yes'],
    ],
    ['a seated 0', 'b waiting 2', 'c waiting 0'],
  ],
  [
    'more guests only where there is room',
    [
      ['a', 'yes', 1],
      ['b', 'yes'],
      ['a', 'yes', 2],
    ],
    ['a seated 1', 'b seated 0'],
  ],
  [
    'who comes back stands at the end',
    [
      ['a', 'yes', 2],
      ['b', 'yes'],
      ['a', 'no'],
      ['a', 'yes', 2],
    ],
    ['a waiting 2', 'b seated 0'],
  ],
];
it.each(cases)('%s', (_name, told, expected) => {
  expect(shown(told, 3)).toEqual(expected);
});

const answer = fc.tuple(
  fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  fc.constantFrom<GivenAnswer['answer'][]>('yes', 'yes', 'no', 'maybe'),
  fc.nat({ max: 3 }),
);

it('never seats more than there are places, and takes nobody’s place but by their own word', () => {
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 40 }), fc.integer({ min: 1, max: 8 }), (told, places) => {
      const all = given(told);
      for (let count = 1; count <= all.length; count += 1) {
        const [before, after] = [
          seatsOf(all.slice(0, count - 1), places),
          seatsOf(all.slice(0, count), places),
        ];
        const seated = [...after.values()].filter(({ state }) => state === 'seated');
        expect(seated.reduce((sum, { guests }) => sum + 1 + guests, 0)).toBeLessThanOrEqual(places);
        for (const seat of before.values()) {
          if (seat.state !== 'seated' || seat.customerId === all[count - 1]?.customerId) continue;
          expect(after.get(seat.customerId)).toEqual(seat);
        }
        const waiting = [...after.values()].filter(({ state }) => state === 'waiting');
        const first = waiting.sort((a, b) => a.since - b.since)[0];
        const free = places - seated.reduce((sum, { guests }) => sum + 1 + guests, 0);
        if (first !== undefined) expect(first.guests + 1).toBeGreaterThan(free);
      }
    }),
  );
});

it('tells whether more guests would be heard', () => {
  const seats = seatsOf(given([['a', 'yes']]), 3);
  const more = (guests: number) =>
    hasRoomFor({ seq: 9, customerId: 'a', accountId: 'a', answer: 'yes', guests }, seats, 3);
  expect([more(2), more(3)]).toEqual([true, false]);
});
