"""What every kind of entry is called."""

from __future__ import annotations

from dispatcher_tui.present.i18n import _


def _of_cases() -> dict[str, str]:
    return {
        "case_opened": _("opened"),
        "level_changed": _("level"),
        "moved": _("handed over to"),
        "caller_rang": _("rang again"),
        "alarm_repeated": _("alarm again"),
        "assignee_named": _("assignee"),
        "call_tried": _("call"),
        "read_back": _("read back"),
        "slip_issued": _("slip"),
        "followed_up": _("follow-up"),
        "promise_made": _("promise"),
        "step_recorded": _("step"),
        "feedback_received": _("feedback"),
        "written_off": _("write-off"),
        "paper_received": _("paper in hand"),
        "paper_signed": _("paper signed"),
        "paper_filed": _("paper filed"),
        "closed_final": _("final"),
        "judged_valid": _("found valid"),
        "called_off": _("called off"),
        "judged_invalid": _("found invalid"),
        "reopened": _("reopened"),
        "note_added": _("note"),
        "emergency_named": _("emergency"),
        "responder_reported": _("at the scene"),
        "stood_down": _("stood down"),
        "emergency_resumed": _("flared up"),
        "order_issued": _("order"),
        "card_step_done": _("action card"),
        "branch_answered": _("first question"),
        "corrected": _("corrected"),
        "taken_back": _("taken back"),
        "signed": _("signed"),
        "duty_fell_due": _("fell due"),
    }


def _of_the_watch() -> dict[str, str]:
    return {
        "signed_in": _("signed in"),
        "handed_over": _("handed over"),
        "post_relieved": _("relieved"),
        "desk_locked": _("locked"),
        "desk_unlocked": _("unlocked"),
        "pin_refused": _("wrong PIN"),
        "desk_signed": _("signed"),
        "desk_duty_fell_due": _("fell due"),
        "round_recorded": _("round"),
        "rounds_left_out": _("rounds not made"),
        "sent_alone": _("out alone"),
        "safety_asked": _("safe?"),
        "came_back_safe": _("back, safe"),
        "thing_handed_out": _("handed out"),
        "thing_came_back": _("came back"),
        "fee_list_taken": _("list taken over"),
        "fee_lines_handed": _("handed out"),
        "fee_results_noted": _("list back"),
        "fee_line_opened": _("line made a case"),
        "notice_posted": _("notice"),
        "notice_withdrawn": _("notice withdrawn"),
        "duty_swapped": _("swap"),
        "absence_noted": _("not there"),
        "person_came_in": _("came in"),
        "stand_in_named": _("stand-in"),
        "duty_change_withdrawn": _("does not hold"),
        "presence_confirmed": _("presence confirmed"),
        "presence_missed": _("presence not confirmed"),
        "log_noted": _("log note"),
    }


def _of_the_desk() -> dict[str, str]:
    return {
        "adopted": _("adopted"),
        "operator_added": _("operator added"),
        "operator_changed": _("operator changed"),
        "rescue_code_made": _("rescue code"),
        "rescue_code_used": _("rescue code used"),
        "rescue_code_refused": _("wrong rescue code"),
        "operators_sealed": _("operators sealed"),
        "row_differed": _("list changed by hand"),
        "backup_made": _("backup"),
        "restored": _("restored"),
        "desk_started": _("program started"),
        "desk_stopped": _("program ended"),
        "desk_stood_still": _("stood still"),
        "clock_jumped": _("clock set"),
        "gap_reviewed": _("gap reviewed"),
        "drill_held": _("drill"),
        "panel_test_planned": _("test planned"),
        "panel_test_alarm": _("alarm in a test"),
        "panel_test_ended": _("test over"),
        "sound_tested": _("sound test"),
        "sound_silenced": _("sound off"),
    }


def _of_the_records() -> dict[str, str]:
    return {
        "routine_done": _("done by the desk"),
        "reviewed": _("weekly review"),
        "method_set": _("head's method"),
        "month_reported": _("month drawn"),
        "slips_issued": _("numbers given out"),
        "slip_voided": _("void number"),
        "charges_handed_over": _("charges"),
        "corrective_opened": _("corrective action"),
        "rise_corrected": _("corrective action"),
        "charges_printed": _("charges printed"),
        "paper_printed": _("printed"),
        "print_failed": _("not printed"),
        "form_filled": _("form filled in"),
        "form_issued": _("form out"),
        "form_returned": _("form back"),
        "form_asked": _("form asked for"),
        "form_voided": _("void number"),
        "form_filed": _("form filed"),
        "spare_sheets_printed": _("blank intakes"),
        "spare_sheet_keyed": _("sheet keyed in"),
        "spare_sheet_voided": _("void number"),
        "postings_set": _("doors of a notice"),
        "posting_hung": _("notice hung"),
        "posting_taken_down": _("notice taken down"),
        "homes_named": _("homes to warn"),
        "home_rung": _("home rung"),
        "holidays_known": _("holidays known"),
        "marked_typical": _("case library"),
        "unmarked_typical": _("out of the library"),
        "text_deleted": _("text deleted"),
    }


def kind_name(kind: str) -> str:
    """What a kind of entry is called; a kind this version does not know keeps its own name."""
    names = _of_cases() | _of_the_watch() | _of_the_desk() | _of_the_records()
    return names.get(kind, kind)
