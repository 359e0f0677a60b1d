export const clubMails = {};
