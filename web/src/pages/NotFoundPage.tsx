// SPDX-License-Identifier: Apache-2.0
import { Link } from '../ui/Link';

export function NotFoundPage() {
  return (
    <section className="page" data-testid="not-found">
      <h1>Nothing is here</h1>
      <p className="soft">The address is wrong, or what it named was deleted.</p>
      <p>
        <Link to="/" className="button">
          To your workspaces
        </Link>
      </p>
    </section>
  );
}
