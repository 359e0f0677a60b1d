import type { Identity } from '../../ground/identity/identity.ts';
import type { House } from '../../ground/room.ts';
import type { Io } from './io.ts';

/** One command: how it is called, what it does. Its file is loaded only when it is called. */
export interface Command {
  /** Names of the arguments, in order; `[NAME]` may be left out. */
  arguments: readonly string[];
  options: Readonly<Record<string, Option>>;
  /** What a reader has to know beyond the options: a sentence or a few. */
  about?: string;
  /** Calls as one would type them after `regulars`. */
  examples: readonly string[];
  /** Returns the exit code; nothing means 0. @throws {AppError} for a refusal, exit code 1 */
  run: (call: Call) => Promise<number | undefined>;
}

export interface Option {
  summary: string;
  /** Name of the value; an option without one is on or off. */
  value?: string;
  isRequired?: boolean;
  /** May be given several times. */
  isMultiple?: boolean;
  short?: string;
}

/** What was typed, checked against the command. */
export interface Call {
  io: Io;
  /** An argument by its place; empty when it was left out. */
  argument: (index: number) => string;
  isOn: (option: string) => boolean;
  text: (option: string) => string | null;
  list: (option: string) => readonly string[];
  /** What the business is as long as it has set nothing else. */
  defaults: Identity;
  /** Loads all rooms, for a command that runs their jobs or writes their mail; most do without, and start sooner. */
  loadHouse: LoadHouse;
}

export type LoadHouse = () => Promise<House>;

/** What all commands are given by whoever starts them. */
export type Surroundings = Pick<Call, 'defaults' | 'loadHouse'>;

/** A command as help lists it; its file is loaded when it is called. */
export interface ListedCommand {
  summary: string;
  load: (loadHouse: LoadHouse) => Promise<Command>;
}

/** What was typed cannot be meant: exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Something outside of the database is in the way, in a sentence: exit code 1. */
export class CliError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CliError';
  }
}
