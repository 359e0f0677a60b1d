export * from './accounts.ts';
export * from './operations.ts';
export * from './orders.ts';
export * from './people.ts';
export * from './rewards.ts';
