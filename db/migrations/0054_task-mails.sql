CREATE TABLE `task_mails` (
	`staff_id` text NOT NULL,
	`day` text NOT NULL,
	`due` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`staff_id`, `day`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `contact_mails` ADD `left_out` text;--> statement-breakpoint
ALTER TABLE `task_mail_wishes` ADD `hour` integer;