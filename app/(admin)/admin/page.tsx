import { redirect } from "next/navigation";
import { adminPlaces } from "../admin-places.ts";

export default function AdminPage() {
  redirect(adminPlaces[0].href);
}
