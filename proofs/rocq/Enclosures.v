(* ---- values by computation: rational enclosures of closed expressions ---- *)

From Axiomkd Require Import Core Rules Means Limits Identities.
From Interval Require Export Tactic.
From Coquelicot Require Hierarchy Derive AutoDerive.
From Coq Require Import QArith Qreals Qround List.
Open Scope R_scope.

Inductive expr : Set :=
  | Whole (z : Z) | Ratio (z : Z) (d : positive) | Count (n : nat) | Known (n : nat)
  | Plus (a b : expr) | Times (a b : expr) | Raised (a : expr) (z : Z) | Greatest (a b : expr) | Least (a b : expr).
Fixpoint meant (known : list R) (e : expr) : R :=
  match e with
  | Whole z => IZR z
  | Ratio z d => IZR z / IZR (Zpos d)
  | Count n => INR n
  | Known n => nth n known 0
  | Plus a b => meant known a + meant known b
  | Times a b => meant known a * meant known b
  | Raised a z => rpow (meant known a) (IZR z)
  | Greatest a b => Rmax (meant known a) (meant known b)
  | Least a b => Rmin (meant known a) (meant known b)
  end.

Definition between (l h : Q) (x : R) : Prop := Q2R l <= x <= Q2R h.
Definition inside (b : Q * Q) (x : R) : Prop := between (fst b) (snd b) x.

(* Denominators stay below 2^200: what is finer is rounded outwards. *)
Definition fine : positive := Eval compute in (2 ^ 200)%positive.
Definition rounded_down (q : Q) : Q :=
  let r := Qred q in
  if (Qden r <=? fine)%positive then r else Qmake (Qnum r * Zpos fine / Zpos (Qden r)) fine.
Definition rounded_up (q : Q) : Q := Qopp (rounded_down (Qopp q)).
Definition qmin (a b : Q) : Q := if Qle_bool a b then a else b.
Definition qmax (a b : Q) : Q := if Qle_bool a b then b else a.
Definition plus_bounds (x y : Q * Q) : Q * Q := (rounded_down (fst x + fst y), rounded_up (snd x + snd y))%Q.
Definition times_bounds (x y : Q * Q) : Q * Q :=
  let a := (fst x * fst y)%Q in let b := (fst x * snd y)%Q in
  let c := (snd x * fst y)%Q in let d := (snd x * snd y)%Q in
  (rounded_down (qmin (qmin a b) (qmin c d)), rounded_up (qmax (qmax a b) (qmax c d))).
Definition inverse_bounds (x : Q * Q) : option (Q * Q) :=
  if (negb (Qle_bool (fst x) 0) || negb (Qle_bool 0 (snd x)))%bool
  then Some (rounded_down (/ snd x)%Q, rounded_up (/ fst x)%Q) else None.
Fixpoint power_bounds (n : nat) (x : Q * Q) : Q * Q :=
  match n with O => (1%Q, 1%Q) | S m => times_bounds x (power_bounds m x) end.
Definition lift (f : Q * Q -> Q * Q -> Q * Q) (a b : option (Q * Q)) : option (Q * Q) :=
  match a, b with Some x, Some y => Some (f x y) | _, _ => None end.
Fixpoint enclosed (known : list (Q * Q)) (e : expr) : option (Q * Q) :=
  match e with
  | Whole z => Some (Qmake z 1, Qmake z 1)
  | Ratio z d => Some (Qmake z d, Qmake z d)
  | Count n => Some (Qmake (Z.of_nat n) 1, Qmake (Z.of_nat n) 1)
  | Known n => nth_error known n
  | Plus a b => lift plus_bounds (enclosed known a) (enclosed known b)
  | Times a b => lift times_bounds (enclosed known a) (enclosed known b)
  | Raised a z =>
      match enclosed known a with
      | Some x => match z with
                  | Z0 => Some (1%Q, 1%Q)
                  | Zpos n => Some (power_bounds (Pos.to_nat n) x)
                  | Zneg n => inverse_bounds (power_bounds (Pos.to_nat n) x)
                  end
      | None => None
      end
  | Greatest a b => lift (fun x y => (qmax (fst x) (fst y), qmax (snd x) (snd y))) (enclosed known a) (enclosed known b)
  | Least a b => lift (fun x y => (qmin (fst x) (fst y), qmin (snd x) (snd y))) (enclosed known a) (enclosed known b)
  end.

Lemma rounded_down_le : forall q, Q2R (rounded_down q) <= Q2R q.
Proof.
  intros q. unfold rounded_down. set (r := Qred q).
  assert (E : Q2R q = Q2R r) by (apply Qeq_eqR; symmetry; apply Qred_correct). rewrite E.
  destruct (Qden r <=? fine)%positive; [apply Rle_refl|].
  apply Qle_Rle. unfold Qle. simpl Qnum. simpl Qden.
  rewrite Z.mul_comm. apply Z.mul_div_le. reflexivity.
Qed.
Lemma rounded_up_ge : forall q, Q2R q <= Q2R (rounded_up q).
Proof.
  intros q. unfold rounded_up. rewrite Q2R_opp. generalize (rounded_down_le (Qopp q)). rewrite Q2R_opp. lra.
Qed.
Lemma qmin_is : forall a b, Q2R (qmin a b) = Rmin (Q2R a) (Q2R b).
Proof.
  intros a b. unfold qmin. destruct (Qle_bool a b) eqn:L.
  - apply Qle_bool_iff, Qle_Rle in L. rewrite Rmin_left; [reflexivity | exact L].
  - rewrite Rmin_right; [reflexivity|]. apply Qle_Rle, Qlt_le_weak, Qnot_le_lt.
    intros H. apply Qle_bool_iff in H. congruence.
Qed.
Lemma qmax_is : forall a b, Q2R (qmax a b) = Rmax (Q2R a) (Q2R b).
Proof.
  intros a b. unfold qmax. destruct (Qle_bool a b) eqn:L.
  - apply Qle_bool_iff, Qle_Rle in L. rewrite Rmax_right; [reflexivity | exact L].
  - rewrite Rmax_left; [reflexivity|]. apply Qle_Rle, Qlt_le_weak, Qnot_le_lt.
    intros H. apply Qle_bool_iff in H. congruence.
Qed.
Lemma plus_inside : forall b c x y, inside b x -> inside c y -> inside (plus_bounds b c) (x + y).
Proof.
  intros b c x y [A B] [C E]. unfold inside, between, plus_bounds. simpl. split.
  - eapply Rle_trans; [apply rounded_down_le|]. rewrite Q2R_plus. lra.
  - eapply Rle_trans; [|apply rounded_up_ge]. rewrite Q2R_plus. lra.
Qed.
Lemma product_between : forall a b c d x y, a <= x <= b -> c <= y <= d ->
  Rmin (Rmin (a * c) (a * d)) (Rmin (b * c) (b * d)) <= x * y <= Rmax (Rmax (a * c) (a * d)) (Rmax (b * c) (b * d)).
Proof.
  intros a b c d x y [A B] [C D].
  assert (L : forall s, Rmin (s * c) (s * d) <= s * y <= Rmax (s * c) (s * d)).
  { intros s. destruct (Rle_lt_dec 0 s) as [P | N].
    - assert (s * c <= s * y) by (apply Rmult_le_compat_l; assumption).
      assert (s * y <= s * d) by (apply Rmult_le_compat_l; assumption).
      generalize (Rmin_l (s * c) (s * d)), (Rmax_r (s * c) (s * d)). lra.
    - assert (s * y <= s * c) by (apply Rmult_le_compat_neg_l; lra).
      assert (s * d <= s * y) by (apply Rmult_le_compat_neg_l; lra).
      generalize (Rmin_r (s * c) (s * d)), (Rmax_l (s * c) (s * d)). lra. }
  assert (M : Rmin (a * y) (b * y) <= x * y <= Rmax (a * y) (b * y)).
  { destruct (Rle_lt_dec 0 y) as [P | N].
    - assert (a * y <= x * y) by (apply Rmult_le_compat_r; assumption).
      assert (x * y <= b * y) by (apply Rmult_le_compat_r; assumption).
      generalize (Rmin_l (a * y) (b * y)), (Rmax_r (a * y) (b * y)). lra.
    - assert (x * y <= a * y) by (rewrite (Rmult_comm x), (Rmult_comm a); apply Rmult_le_compat_neg_l; lra).
      assert (b * y <= x * y) by (rewrite (Rmult_comm x), (Rmult_comm b); apply Rmult_le_compat_neg_l; lra).
      generalize (Rmin_r (a * y) (b * y)), (Rmax_l (a * y) (b * y)). lra. }
  generalize (L a), (L b). intros [P Q] [P' Q']. split.
  - eapply Rle_trans; [|apply M]. apply Rmin_glb.
    + eapply Rle_trans; [apply Rmin_l | exact P].
    + eapply Rle_trans; [apply Rmin_r | exact P'].
  - eapply Rle_trans; [apply M|]. apply Rmax_lub.
    + eapply Rle_trans; [exact Q | apply Rmax_l].
    + eapply Rle_trans; [exact Q' | apply Rmax_r].
Qed.
Lemma times_inside : forall b c x y, inside b x -> inside c y -> inside (times_bounds b c) (x * y).
Proof.
  intros b c x y A B. unfold inside, between, times_bounds. simpl.
  generalize (product_between _ _ _ _ _ _ A B). intros [L H]. split.
  - eapply Rle_trans; [apply rounded_down_le|]. rewrite !qmin_is, !Q2R_mult. exact L.
  - eapply Rle_trans; [|apply rounded_up_ge]. rewrite !qmax_is, !Q2R_mult. exact H.
Qed.
Lemma inverse_le_negative : forall x y, x <= y -> y < 0 -> / y <= / x.
Proof.
  intros x y L N. assert (/ - x <= / - y) as H by (apply Rinv_le_contravar; lra). rewrite !Rinv_opp in H. lra.
Qed.
Lemma over_inside : forall b c x, inverse_bounds b = Some c -> inside b x -> inside c (/ x) /\ x <> 0.
Proof.
  intros [l h] c x O [L H]. unfold inverse_bounds in O. simpl in *.
  assert (S : (0 < Q2R l \/ Q2R h < 0) /\ c = (rounded_down (/ h)%Q, rounded_up (/ l)%Q)).
  { destruct (Qle_bool l 0) eqn:A; destruct (Qle_bool 0 h) eqn:B; simpl in O; try discriminate O;
    injection O as <-; (split; [|reflexivity]).
    - right. replace 0 with (Q2R 0) by (unfold Q2R; simpl; lra). apply Qlt_Rlt, Qnot_le_lt.
      intros X. apply Qle_bool_iff in X. congruence.
    - left. replace 0 with (Q2R 0) by (unfold Q2R; simpl; lra). apply Qlt_Rlt, Qnot_le_lt.
      intros X. apply Qle_bool_iff in X. congruence.
    - left. replace 0 with (Q2R 0) by (unfold Q2R; simpl; lra). apply Qlt_Rlt, Qnot_le_lt.
      intros X. apply Qle_bool_iff in X. congruence. }
  clear O. destruct S as [S ->].
  assert (N : forall q, Q2R q <> 0 -> ~ (q == 0)%Q).
  { intros q Z E. apply Z. rewrite (Qeq_eqR _ _ E). unfold Q2R. simpl. lra. }
  split; [|destruct S; lra]. unfold inside, between. simpl. split.
  - eapply Rle_trans; [apply rounded_down_le|]. rewrite Q2R_inv by (apply N; destruct S; lra).
    destruct S; [apply Rinv_le_contravar; lra|].
    apply inverse_le_negative; lra.
  - eapply Rle_trans; [|apply rounded_up_ge]. rewrite Q2R_inv by (apply N; destruct S; lra).
    destruct S; [apply Rinv_le_contravar; lra|].
    apply inverse_le_negative; lra.
Qed.
Lemma one_inside : inside (1%Q, 1%Q) 1.
Proof. unfold inside, between, Q2R. simpl. lra. Qed.
Lemma power_inside : forall n b x, inside b x -> inside (power_bounds n b) (x ^ n).
Proof.
  induction n as [|n IH]; intros b x H; simpl; [apply one_inside|]. apply times_inside; [exact H | apply IH, H].
Qed.
Lemma whole_inside : forall z d, inside (Qmake z d, Qmake z d) (IZR z / IZR (Zpos d)).
Proof. intros z d. unfold inside, between, Q2R. simpl. unfold Rdiv. lra. Qed.

Lemma greatest_inside : forall b c x y, inside b x -> inside c y ->
  inside (qmax (fst b) (fst c), qmax (snd b) (snd c)) (Rmax x y).
Proof.
  intros b c x y [A B] [C E]. unfold inside, between. simpl. rewrite !qmax_is.
  split; (apply Rmax_lub; [eapply Rle_trans; [|apply Rmax_l] | eapply Rle_trans; [|apply Rmax_r]]; assumption).
Qed.
Lemma least_inside : forall b c x y, inside b x -> inside c y ->
  inside (qmin (fst b) (fst c), qmin (snd b) (snd c)) (Rmin x y).
Proof.
  intros b c x y [A B] [C E]. unfold inside, between. simpl. rewrite !qmin_is.
  split; (apply Rmin_glb; [eapply Rle_trans; [apply Rmin_l|] | eapply Rle_trans; [apply Rmin_r|]]; assumption).
Qed.

Lemma meant_inside : forall bounds known, Forall2 inside bounds known ->
  forall e b, enclosed bounds e = Some b -> inside b (meant known e).
Proof.
  intros bounds known K e. induction e; intros c H; simpl in H.
  - injection H as <-. simpl. replace (IZR z) with (IZR z / IZR (Zpos 1)) by (simpl; field). apply whole_inside.
  - injection H as <-. apply whole_inside.
  - injection H as <-. simpl. rewrite INR_IZR_INZ.
    replace (IZR (Z.of_nat n)) with (IZR (Z.of_nat n) / IZR (Zpos 1)) by (simpl; field). apply whole_inside.
  - simpl. revert known K n H. induction bounds as [|b bs IH]; intros known K n H; destruct n; simpl in H;
    try discriminate H; inversion K as [|? ? ? xs A B]; subst; simpl; [injection H as <-; exact A | apply (IH xs B n H)].
  - unfold lift in H. destruct (enclosed bounds e1), (enclosed bounds e2); try discriminate H. injection H as <-.
    apply plus_inside; [apply IHe1 | apply IHe2]; reflexivity.
  - unfold lift in H. destruct (enclosed bounds e1), (enclosed bounds e2); try discriminate H. injection H as <-.
    apply times_inside; [apply IHe1 | apply IHe2]; reflexivity.
  - simpl. destruct (enclosed bounds e) as [b|]; [|discriminate H]. specialize (IHe b eq_refl).
    rewrite rpow_IZR. destruct z as [|n|n]; simpl.
    + injection H as <-. apply one_inside.
    + injection H as <-. apply power_inside, IHe.
    + apply (over_inside _ _ _ H). apply power_inside, IHe.
  - unfold lift in H. destruct (enclosed bounds e1), (enclosed bounds e2); try discriminate H. injection H as <-.
    apply greatest_inside; [apply IHe1 | apply IHe2]; reflexivity.
  - unfold lift in H. destruct (enclosed bounds e1), (enclosed bounds e2); try discriminate H. injection H as <-.
    apply least_inside; [apply IHe1 | apply IHe2]; reflexivity.
Qed.

Section Compared.
Variables (known : list R) (bounds : list (Q * Q)).
Hypothesis K : Forall2 inside bounds known.
Definition test (f : Q * Q -> Q * Q -> bool) (a b : expr) : bool :=
  match enclosed bounds a, enclosed bounds b with Some x, Some y => f x y | _, _ => false end.
Definition below (x y : Q * Q) : bool := negb (Qle_bool (fst y) (snd x)).
Definition at_most (x y : Q * Q) : bool := Qle_bool (snd x) (fst y).
Definition same (x y : Q * Q) : bool := (at_most x y && at_most y x)%bool.
Definition within (x y : Q * Q) : bool := (Qle_bool (fst y) (fst x) && Qle_bool (snd x) (snd y))%bool.

Lemma tested : forall f a b, test f a b = true ->
  exists x y, inside x (meant known a) /\ inside y (meant known b) /\ f x y = true.
Proof.
  intros f a b. unfold test. destruct (enclosed bounds a) as [x|] eqn:A; [|discriminate].
  destruct (enclosed bounds b) as [y|] eqn:B; [|discriminate]. intros H. exists x, y.
  split; [|split]; [apply (meant_inside bounds known K a x A) | apply (meant_inside bounds known K b y B) | exact H].
Qed.
Lemma less_by : forall a b, test below a b = true -> meant known a < meant known b.
Proof.
  intros a b H. apply tested in H. destruct H as [x [y [[_ A] [[B _] C]]]].
  assert (Q2R (snd x) < Q2R (fst y)); [|lra]. apply Qlt_Rlt, Qnot_le_lt. intros L. apply Qle_bool_iff in L.
  unfold below in C. rewrite L in C. discriminate C.
Qed.
Lemma at_most_by : forall a b, test at_most a b = true -> meant known a <= meant known b.
Proof.
  intros a b H. apply tested in H. destruct H as [x [y [[_ A] [[B _] C]]]].
  apply Qle_bool_iff, Qle_Rle in C. lra.
Qed.
Lemma equal_by : forall a b, test same a b = true -> meant known a = meant known b.
Proof.
  intros a b H. apply tested in H. destruct H as [x [y [[A B] [[C E] S]]]].
  unfold same, at_most in S. apply Bool.andb_true_iff in S. destruct S as [S T].
  apply Qle_bool_iff, Qle_Rle in S. apply Qle_bool_iff, Qle_Rle in T. lra.
Qed.
Lemma between_by : forall l h e,
  match enclosed bounds e with Some x => within x (l, h) | None => false end = true -> between l h (meant known e).
Proof.
  intros l h e. destruct (enclosed bounds e) as [x|] eqn:A; [|discriminate]. intros W.
  destruct (meant_inside bounds known K e x A) as [L H]. unfold within in W. apply Bool.andb_true_iff in W.
  destruct W as [S T]. apply Qle_bool_iff, Qle_Rle in S. apply Qle_bool_iff, Qle_Rle in T. simpl in *.
  unfold between. lra.
Qed.
End Compared.

(* ---- what an exported file writes ---- *)

Definition bound (a : Z) (b : positive) (c : Z) (d : positive) : Q * Q := (Qmake a b, Qmake c d).
Lemma none_known : Forall2 inside nil nil.
Proof. constructor. Qed.
Lemma also_known : forall b x bs xs, inside b x -> Forall2 inside bs xs -> Forall2 inside (b :: bs) (x :: xs).
Proof. intros. constructor; assumption. Qed.
(* Bounds of a function for arguments within bounds. *)
Definition rpow_range b b' c c' r r' s s' l l' h h' : Prop := forall y t,
  IZR b / IZR (Zpos b') <= y <= IZR c / IZR (Zpos c') -> IZR r / IZR (Zpos r') <= t <= IZR s / IZR (Zpos s') ->
  IZR l / IZR (Zpos l') <= exp (t * ln y) <= IZR h / IZR (Zpos h').
Definition exp_range b b' c c' l l' h h' : Prop := forall y,
  IZR b / IZR (Zpos b') <= y <= IZR c / IZR (Zpos c') -> IZR l / IZR (Zpos l') <= exp y <= IZR h / IZR (Zpos h').
Definition ln_range b b' c c' l l' h h' : Prop := forall y,
  IZR b / IZR (Zpos b') <= y <= IZR c / IZR (Zpos c') -> IZR l / IZR (Zpos l') <= ln y <= IZR h / IZR (Zpos h').
(* What lies between e and x is in their interval. *)
Ltac way_within e x W := revert W; unfold Rmin, Rmax; destruct (Rle_dec e x); lra.
(* The derivative of an expression is another one, where Interval shows that it stays within its domain.
   Coquelicot's tactic needs to know of which structures R is one, but not its names. *)
Canonical Hierarchy.R_AbelianGroup.
Canonical Hierarchy.R_Ring.
Canonical Hierarchy.R_AbsRing.
Canonical Hierarchy.R_UniformSpace.
Canonical Hierarchy.R_CompleteSpace.
Canonical Hierarchy.R_ModuleSpace.
Canonical Hierarchy.R_NormedModuleAux.
Canonical Hierarchy.R_NormedModule.
Canonical Hierarchy.R_CompleteNormedModule.
#[global] Existing Instances AutoDerive.UnaryDiff_exp AutoDerive.UnaryDiff_ln.
Ltac in_domain := first [exact I | interval | apply Rgt_not_eq; interval | apply Rlt_not_eq; interval].
Ltac differentiate := cbv beta; apply Derive.is_derive_Reals; simpl powerRZ; AutoDerive.auto_derive; repeat split;
  first [in_domain | ring | field; repeat split; in_domain].
Ltac by_interval := unfold rpow_range, exp_range, ln_range; intros; interval with (i_prec 80).

Lemma inside_by : forall known bounds, Forall2 inside bounds known -> forall b e,
  match enclosed bounds e with Some x => within x b | None => false end = true -> inside b (meant known e).
Proof. intros known bounds K [l h] e. apply (between_by known bounds K l h e). Qed.
Lemma inside_equal : forall b x y, x = y -> inside b y -> inside b x.
Proof. intros b x y ->. auto. Qed.
Lemma rpow_inside : forall x a b b' c c' r r' s s' l l' h h', rpow_range b b' c c' r r' s s' l l' h h' ->
  inside (bound b b' c c') x -> inside (bound r r' s s') a -> (0 <? b)%Z = true -> inside (bound l l' h h') (rpow x a).
Proof.
  intros x a b b' c c' r r' s s' l l' h h' H X A P. rewrite rpow_pos; [exact (H x a X A)|].
  apply Z.ltb_lt, IZR_lt in P. destruct X as [X _]. simpl in X. unfold Q2R in X. simpl in X.
  eapply Rlt_le_trans; [|exact X]. apply Rmult_lt_0_compat; [exact P|]. apply Rinv_0_lt_compat, IZR_lt. reflexivity.
Qed.
Lemma exp_inside : forall x b b' c c' l l' h h', exp_range b b' c c' l l' h h' ->
  inside (bound b b' c c') x -> inside (bound l l' h h') (exp x).
Proof. intros x b b' c c' l l' h h' H X. exact (H x X). Qed.
Lemma ln_inside : forall x b b' c c' l l' h h', ln_range b b' c c' l l' h h' ->
  inside (bound b b' c c') x -> inside (bound l l' h h') (ln x).
Proof. intros x b b' c c' l l' h h' H X. exact (H x X). Qed.
Lemma rpow_one : forall x a, x = 1 -> rpow x a = 1.
Proof. intros x a ->. apply rpow_1_l. Qed.
Lemma rpow_zero : forall x a, x = 0 -> 0 < a -> rpow x a = 0.
Proof. intros x a -> H. apply rpow_0_l, H. Qed.
Lemma exp_zero : forall x, x = 0 -> exp x = 1.
Proof. intros x ->. apply exp_0. Qed.
Lemma ln_one : forall x, x = 1 -> ln x = 0.
Proof. intros x ->. apply ln_1. Qed.
(* q^(n/d) = r where r > 0 and r^d = q^n *)
Lemma rpow_root : forall x a q r n d, x = q -> a = IZR n / IZR (Zpos d) -> 0 < q -> 0 < r ->
  powerRZ r (Zpos d) = powerRZ q n -> rpow x a = r.
Proof.
  intros x a q r n d -> -> Q R0 E. rewrite rpow_pos by exact Q.
  apply (f_equal ln) in E. rewrite !powerRZ_Rpower in E by assumption. unfold Rpower in E. rewrite !ln_exp in E.
  replace (IZR n / IZR (Z.pos d) * ln q) with (ln r); [apply exp_ln, R0|].
  assert (IZR (Z.pos d) <> 0) by (apply not_0_IZR; lia).
  replace (IZR n / IZR (Z.pos d) * ln q) with (IZR n * ln q / IZR (Z.pos d)) by (field; assumption).
  rewrite <- E. field. assumption.
Qed.
Lemma pow_outside : forall x a, x = 0 -> a < 0 -> ~ pow_defined x a.
Proof. intros x a -> L [H | [[_ H] | [H _]]]; lra. Qed.
