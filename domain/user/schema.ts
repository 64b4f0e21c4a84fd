import { z } from "zod";
import { ROLES } from "../kernel/roles";

export const SignIn = z.object({
  login: z.string().trim().min(1).max(200),
  password: z.string().min(1).max(200),
  next: z.string().max(2000).default(""),
});

/** Logins are ASCII so that they can be typed without an input method. */
export const Login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9._-]{1,39}$/);
const Password = z.string().min(1).max(200);

export const CreateUser = z.object({ login: Login, name: z.string().trim().min(1).max(60), password: Password });
export type CreateUser = z.infer<typeof CreateUser>;

export const UserRef = z.object({ userId: z.uuid() });
export const ResetPassword = UserRef.extend({ password: Password });
export const ChangePassword = z.object({ current: Password, password: Password });

export const GrantMembership = UserRef.extend({ organId: z.uuid(), role: z.enum(ROLES) });
export type GrantMembership = z.infer<typeof GrantMembership>;
export const EndMembership = z.object({ membershipId: z.uuid() });
export const SwitchMembership = z.object({ membershipId: z.uuid() });
