"""What in a writer's words tells who they are, asked of them before it is kept: found by `core.personal`."""

from __future__ import annotations

from motbuoc.foundation.core.personal import MOST as MOST
from motbuoc.foundation.core.personal import Kind as Kind
from motbuoc.foundation.core.personal import Spot as Spot
from motbuoc.foundation.core.personal import personal_data_in as personal_data_in
from motbuoc.foundation.core.personal import taken_in as taken_in
from motbuoc.foundation.core.personal import without as without
