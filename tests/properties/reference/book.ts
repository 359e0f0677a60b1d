/** A ledger entry as the database tells it. */
export interface LedgerRow {
  account: string;
  seq: number;
  kind: string;
  amount: bigint;
  balanceAfter: bigint;
  rule: string | null;
  version: number | null;
  periodStart: string | null;
  order: string | null;
  effectiveAt: number;
  recordedAt: number;
  lotSeq: number | null;
  causeSeq: number | null;
  cause: string | null;
  expiresAt: number | null;
  /** It carries balance from one account to another, when two customers become one or two again. */
  isCarried: boolean;
  /** It takes back what an order earned that leaves so. */
  isLeaving: boolean;
}

interface Lot {
  seq: number;
  rule: string | null;
  order: string | null;
  remaining: bigint;
  expired: bigint;
  datedAt: number;
  expiresAt: number | null;
}

const DAY_MS = 86_400_000;

/**
 * Lots, expiry and debt of one account by the letter of DOMAIN §2. It is told what was posted, redeemed and reversed,
 * and says itself what must have expired, come back, been forgiven, and is left of every lot.
 */
export function openBook() {
  const lots: Lot[] = [];
  const taken = new Map<number, { lot: Lot; amount: bigint }[]>();
  let debt = 0n;
  let reopened = 0n;
  /** Whose lots were reopened, and whether orders left the account, by the same entries. */
  const reopenedOf = new Set<string | null>();
  let isLeft = false;
  /** Which orders were earned by them: where the first order of an account leaves, those that stay may come into other periods. */
  const earned = new Set<string | null>();
  let mayForgive = 0n;
  /** What of which lot has to end by the next entries, since the voucher that had taken it ended unused. */
  const lapsing = new Map<number, bigint>();
  const problems: string[] = [];

  const sum = (list: readonly Lot[]) => list.reduce((total, lot) => total + lot.remaining, 0n);
  const expect = (what: string, isRight: boolean) => {
    if (!isRight) problems.push(what);
  };
  const inOrder = (list: readonly Lot[]) =>
    list.toSorted(
      (a, b) =>
        (a.expiresAt ?? Number.MAX_SAFE_INTEGER) - (b.expiresAt ?? Number.MAX_SAFE_INTEGER) ||
        a.datedAt - b.datedAt ||
        a.seq - b.seq,
    );

  function draw(list: readonly Lot[], amount: bigint): { lot: Lot; amount: bigint }[] {
    const parts: { lot: Lot; amount: bigint }[] = [];
    let left = amount;
    for (const lot of list) {
      let part = left;
      if (lot.remaining < left) part = lot.remaining;
      if (part > 0n) parts.push({ lot, amount: part });
      lot.remaining -= part;
      left -= part;
    }
    debt += left;
    return parts;
  }

  function gain(row: LedgerRow): void {
    let repaid = debt;
    if (row.amount < debt) repaid = row.amount;
    debt -= repaid;
    lots.push({
      seq: row.seq,
      rule: row.rule,
      order: row.order,
      remaining: row.amount - repaid,
      expired: 0n,
      datedAt: row.effectiveAt,
      expiresAt: row.expiresAt,
    });
  }

  function clawBack(row: LedgerRow): void {
    const own = lots.filter(({ rule }) => rule === row.rule);
    const others = lots.filter(({ rule }) => rule !== row.rule);
    const debtBefore = debt;
    draw([...inOrder(own), ...inOrder(others)], -row.amount);
    mayForgive = debt - debtBefore;
  }

  function expire(row: LedgerRow): void {
    const lot = lots.find(({ seq }) => seq === row.lotSeq);
    expect(`entry ${row.seq} closes a lot`, lot !== undefined);
    if (lot === undefined) return;
    const lapses = lapsing.get(lot.seq);
    if (lapses === undefined) {
      const isOver = lot.expiresAt !== null && lot.expiresAt <= row.recordedAt;
      expect(`entry ${row.seq} closes a lot that is over, whole`, isOver && lot.remaining === -row.amount);
    } else {
      expect(`entry ${row.seq} ends what the voucher had taken`, lapses === -row.amount);
      lapsing.delete(lot.seq);
    }
    lot.expired -= row.amount;
    lot.remaining += row.amount;
  }

  function reopen(row: LedgerRow): void {
    const lot = lots.find(({ seq }) => seq === row.lotSeq);
    expect(`entry ${row.seq} reopens what expired`, lot !== undefined && lot.expired >= row.amount);
    if (lot === undefined) return;
    lot.expired -= row.amount;
    lot.remaining += row.amount;
    reopened += row.amount;
    reopenedOf.add(lot.order);
  }

  function redeem(row: LedgerRow, preferred: number | null): void {
    const open = lots.filter(({ expiresAt }) => expiresAt === null || expiresAt > row.recordedAt);
    expect(`entry ${row.seq} takes no more than there is`, -row.amount <= sum(open) && debt === 0n);
    const first = open.filter(({ seq }) => seq === preferred);
    const rest = inOrder(open.filter(({ seq }) => seq !== preferred));
    taken.set(row.seq, draw([...first, ...rest], -row.amount));
  }

  /** Takes of the lot it names first, whether it is over or not, and may end in debt. */
  function carryAway(row: LedgerRow): void {
    const first = lots.filter(({ seq }) => seq === row.causeSeq);
    draw([...first, ...inOrder(lots.filter(({ seq }) => seq !== row.causeSeq))], -row.amount);
  }

  function giveBack(row: LedgerRow): void {
    const parts = taken.get(row.causeSeq ?? 0) ?? [];
    taken.delete(row.causeSeq ?? 0);
    expect(`entry ${row.seq} gives back what was taken`, total(parts) === row.amount);
    const earliest = row.recordedAt + 30 * DAY_MS;
    const endedWith = parts.filter(
      ({ lot }) => isLapsed(row) && (lot.expiresAt ?? Infinity) <= row.effectiveAt,
    );
    for (const { lot, amount } of parts) {
      lot.remaining += amount;
      if (lot.expiresAt !== null && lot.expiresAt < earliest) lot.expiresAt = earliest;
    }
    const owing = debt;
    debt = 0n;
    draw(inOrder(lots), owing);
    for (const { lot, amount } of endedWith) {
      let lapses = amount;
      if (lot.remaining < amount) lapses = lot.remaining;
      if (lapses > 0n) lapsing.set(lot.seq, lapses);
    }
  }

  return {
    lots,
    problems,
    balance: () => sum(lots) - debt,
    debt: () => debt,
    /**
     * To be called when a batch of entries has been appended. An order that leaves may have nothing left to claw back, so it is
     * the account's orders that say which of them stay.
     */
    finish: (policy: 'carry' | 'forgive', stays: (order: string | null) => boolean) => {
      expect('a debt was forgiven', isForgiven(null, policy));
      expect('what ended with a voucher is closed', lapsing.size === 0);
      const isOthers = isLeft && [...reopenedOf].some((order) => stays(order) && !earned.has(order));
      expect('orders that leave reopen what they earned alone', !isOthers);
      reopenedOf.clear();
      isLeft = false;
      earned.clear();
      mayForgive = 0n;
    },
    /** What may be redeemed: lots that are over do not count, closed or not. */
    availableAt: (now: number) => sum(lots.filter(({ expiresAt }) => expiresAt === null || expiresAt > now)),
    append(row: LedgerRow, policy: 'carry' | 'forgive'): void {
      expect(`entry ${row.seq} comes after a debt was forgiven`, isForgiven(row.kind, policy));
      expect(
        `entry ${row.seq} comes after what ended was closed`,
        lapsing.size === 0 || row.kind === 'expire',
      );
      if (row.kind === 'earn') earned.add(row.order);
      if (row.kind === 'clawback' && row.isLeaving) {
        isLeft = true;
        clawBack(row);
      } else if (row.kind === 'clawback') {
        const own = lots.filter(({ rule }) => rule === row.rule);
        const gone = own.reduce((all, { expired }) => all + expired, 0n);
        expect(
          `entry ${row.seq} leaves nothing expired that it needs`,
          sum(own) >= -row.amount || gone === 0n,
        );
        expect(`entry ${row.seq} reopens only what it needs`, reopened === 0n || sum(own) <= -row.amount);
        clawBack(row);
      } else if (row.kind === 'unexpire') reopen(row);
      else if (row.kind === 'expire') expire(row);
      else if (row.kind === 'reversal') giveBack(row);
      else if (row.kind === 'forgive') {
        expect(
          `entry ${row.seq} forgives what was just owed`,
          row.amount === mayForgive && policy === 'forgive',
        );
        debt -= row.amount;
      } else if (row.amount > 0n) gain(row);
      else if (row.isCarried || row.kind === 'bonus_reversal') carryAway(row);
      else redeem(row, row.kind === 'redeem' ? row.causeSeq : null);
      if (row.kind !== 'unexpire') reopened = 0n;
      if (row.kind !== 'clawback') mayForgive = 0n;
      expect(`entry ${row.seq} has the balance after it`, row.balanceAfter === sum(lots) - debt);
    },
  };

  /** Under the policy of forgiving, whatever a clawback left owing is forgiven by the very next entry. */
  function isForgiven(nextKind: string | null, policy: 'carry' | 'forgive'): boolean {
    return policy === 'carry' || mayForgive === 0n || nextKind === 'forgive';
  }
}

/** Vouchers that ended unused are told late: as of their end. Whoever takes a redemption back does it now. */
function isLapsed(row: LedgerRow): boolean {
  return row.effectiveAt < row.recordedAt;
}

function total(parts: readonly { amount: bigint }[]): bigint {
  return parts.reduce((all, { amount }) => all + amount, 0n);
}
