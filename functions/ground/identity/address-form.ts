/** How somebody may be addressed: by the first name, or formally. */
export const addressForms = ['first_name', 'formal'] as const;
export type AddressForm = (typeof addressForms)[number];
