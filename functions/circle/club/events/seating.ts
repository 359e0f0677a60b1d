/** One answer as it was given; the rows of an event in the order of `seq`. */
export interface GivenAnswer {
  seq: number;
  customerId: string;
  accountId: string;
  answer: 'yes' | 'no' | 'maybe';
  guests: number;
}

/** Where somebody's answers have led to. */
export interface Seat extends Omit<GivenAnswer, 'seq'> {
  state: 'seated' | 'waiting' | 'none';
  /** Their turn among those who wait or have a place. */
  since: number;
}

/**
 * Who has a place, from all answers in their order. Nobody who has one loses it but by their own word. A party waits as
 * a whole, and nobody passes those who wait before them, so that a large party's turn comes.
 */
export function seatsOf(answers: readonly GivenAnswer[], places: number): Map<string, Seat> {
  const seats = new Map<string, Seat>();
  for (const given of answers) {
    seats.set(given.customerId, seatAfter(given, seats, places));
    moveUp(seats, places);
  }
  return seats;
}

/** Places that are left for somebody who comes now; 0 while others wait. */
export function freePlaces(seats: ReadonlyMap<string, Seat>, places: number): number {
  const all = [...seats.values()];
  if (all.some(({ state }) => state === 'waiting')) return 0;
  return Math.max(0, places - seated(all));
}

/** Whether an answer would be heard as it is: who has a place may bring more only while there is room. */
export function hasRoomFor(given: GivenAnswer, seats: ReadonlyMap<string, Seat>, places: number): boolean {
  const before = seats.get(given.customerId);
  if (given.answer !== 'yes' || before?.state !== 'seated') return true;
  return given.guests - before.guests <= freePlaces(seats, places);
}

function seatAfter(given: GivenAnswer, seats: ReadonlyMap<string, Seat>, places: number): Seat {
  const { seq, ...answer } = given;
  const before = seats.get(given.customerId);
  if (given.answer !== 'yes') return { ...answer, guests: 0, state: 'none', since: seq };
  if (before?.state === 'seated') {
    const guests = hasRoomFor(given, seats, places) ? given.guests : before.guests;
    return { ...answer, guests, state: 'seated', since: before.since };
  }
  if (before?.state === 'waiting') return { ...answer, state: 'waiting', since: before.since };
  const fits = freePlaces(seats, places) > given.guests;
  return { ...answer, state: fits ? 'seated' : 'waiting', since: seq };
}

function moveUp(seats: Map<string, Seat>, places: number): void {
  const waiting = [...seats.values()].filter(({ state }) => state === 'waiting');
  for (const next of waiting.sort((a, b) => a.since - b.since)) {
    if (seated(seats.values()) + 1 + next.guests > places) return;
    seats.set(next.customerId, { ...next, state: 'seated' });
  }
}

function seated(seats: Iterable<Seat>): number {
  let sum = 0;
  for (const { state, guests } of seats) if (state === 'seated') sum += 1 + guests;
  return sum;
}
