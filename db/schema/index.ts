export * from './accounts.ts';
export * from './audit.ts';
export * from './bonuses.ts';
export * from './feedback.ts';
export * from './operations.ts';
export * from './orders.ts';
export * from './people.ts';
export * from './rewards.ts';
