CREATE TABLE `notices` (
	`subject` text NOT NULL,
	`reader` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`subject`, `reader`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `notices` (`subject`, `reader`, `at`) SELECT 'drop ' || drop_id, account_id, at FROM `drop_notices`;--> statement-breakpoint
INSERT INTO `notices` (`subject`, `reader`, `at`) SELECT 'event ' || event_id || ' ' || kind, customer_id, at FROM `club_event_notices`;--> statement-breakpoint
INSERT INTO `notices` (`subject`, `reader`, `at`) SELECT 'withdrawal ' || withdrawal_id, account_id, at FROM `club_withdrawal_notices`;--> statement-breakpoint
INSERT INTO `notices` (`subject`, `reader`, `at`) SELECT 'change ' || cause_id, customer_id, at FROM `change_notices`;--> statement-breakpoint
INSERT INTO `notices` (`subject`, `reader`, `at`) SELECT 'expiry ' || subject || ' ' || expires_at || ' ' || days, root_id, at FROM `expiry_notices`;--> statement-breakpoint
DROP TABLE `club_withdrawal_notices`;--> statement-breakpoint
DROP TABLE `club_event_notices`;--> statement-breakpoint
DROP TABLE `drop_notices`;--> statement-breakpoint
DROP TABLE `expiry_notices`;--> statement-breakpoint
DROP TABLE `change_notices`;