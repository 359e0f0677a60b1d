export const feedbackMails = {};
