/** Why staff put an order on hold; a word of the log, which names nobody. */
export const holdReasons = ['payment', 'stock', 'address', 'customer', 'suspicion', 'other'] as const;
export type HoldReason = (typeof holdReasons)[number];

/** Why staff take back what they told. */
export const withdrawReasons = ['mistake', 'other_order', 'customer', 'other'] as const;
export type WithdrawReason = (typeof withdrawReasons)[number];
