"""What an installation may set about listening to people; part of `env.Environment`."""

from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings


class Listening(BaseSettings):
    """Small groups, how long what people wrote is kept, how much of it is taken in."""

    smallest_group: int = Field(
        5, description="fewest people of a group that is shown where people are listened to", ge=3, le=1000
    )
    identity_keys: list[str] = Field(
        [], description="what names left for a reply are sealed with: the first seals, all open; empty: secret_key"
    )
    identity_days: int = Field(
        180, description="days after which a name left for a reply is deleted", ge=1, le=3650
    )
    put_aside_days: int = Field(
        90, description="days after which words taken off a page are deleted", ge=1, le=3650
    )
    opening_days: int = Field(30, description="days for which whoever opened a name may use it", ge=1, le=365)
    kept_days: dict[str, Annotated[int, Field(ge=1, le=36_500)]] = Field(
        {}, description="days that what people wrote is kept, by kind; what is not named here has its usual time"
    )
    rest_seconds: int = Field(
        5,
        description="seconds that a public form rests before it is taken in without a stamp; 0: no guard",
        ge=0,
        le=60,
    )
    sent_per_minute: int = Field(
        1_500, description="most that one public form takes in a minute in each process of the server", ge=10
    )
    question_most_characters: int = Field(
        2_000, description="longest question that people may send to a dialogue, in characters", ge=200, le=10_000
    )
    questions_most: int = Field(5_000, description="most questions that one dialogue takes in", ge=1)
    opinion_most_characters: int = Field(
        3_000, description="longest opinion that people may give, in characters", ge=200, le=10_000
    )
    opinion_answer_workdays: int = Field(
        10, description="working days in which an opinion is answered, heeded or passed on", ge=1, le=250
    )
    opinion_weights: dict[str, Annotated[int, Field(ge=0, le=100)]] = Field(
        {"hầu hết": 80, "đa số": 50, "nhiều": 30, "một số": 10, "ít": 0},
        description="weighted words of the report of the situation, each with its least percent, as JSON",
    )
    opinion_grouped_days: int = Field(
        400, description="so many days back opinions are grouped into themes together", ge=28
    )
