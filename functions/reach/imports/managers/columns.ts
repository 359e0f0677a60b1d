/** Columns of a file that says who looks after whom; `name` and `since` are for who reads it. */
export const managerColumns = ['account_id', 'name', 'email', 'manager', 'by', 'why', 'since'] as const;
export type ManagerColumn = (typeof managerColumns)[number];
