CREATE TABLE `staff_absences` (
	`id` text PRIMARY KEY NOT NULL,
	`staff_id` text NOT NULL,
	`stand_in_id` text NOT NULL,
	`from_day` text NOT NULL,
	`until_day` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`ended_at` integer,
	`ended_by` text,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`stand_in_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "staff_absences_days" CHECK(from_day <= until_day AND staff_id <> stand_in_id),
	CONSTRAINT "staff_absences_ended" CHECK((ended_at IS NULL) = (ended_by IS NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `staff_absences_ahead` ON `staff_absences` (`until_day`) WHERE ended_at IS NULL;