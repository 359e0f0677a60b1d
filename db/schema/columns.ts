import { customType, text } from 'drizzle-orm/sqlite-core';

type Stored = string | bigint | number | null;

/** Money in minor units, `bigint` in and out. */
export const money = customType<{ data: bigint; driverData: Stored }>({
  dataType: () => 'integer',
  fromDriver: (value) => BigInt(value ?? 0),
});

/** A moment in epoch milliseconds. */
export const instant = customType<{ data: number; driverData: Stored }>({
  dataType: () => 'integer',
  fromDriver: Number,
});

/** A whole number that is not money. */
export const count = customType<{ data: number; driverData: Stored }>({
  dataType: () => 'integer',
  fromDriver: Number,
});

/** What 0 or 1 of the database says; also for expressions, by `mapWith`. */
export function readFlag(value: unknown): boolean {
  return Number(value) === 1;
}

/** 0 or 1. */
export const flag = customType<{ data: boolean; driverData: Stored }>({
  dataType: () => 'integer',
  fromDriver: readFlag,
  toDriver: (value) => (value ? 1n : 0n),
});

/** An id that we make ourselves. */
export const id = () => text().primaryKey();

/** When something was done, and by whom: an actor's name. */
export const done = () => ({ at: instant().notNull(), actor: text().notNull() });
